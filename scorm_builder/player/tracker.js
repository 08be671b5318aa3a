// The contract of all trackers. The player never asks which LMS it is in.
//
//   open()         -> Promise of the saved whole (whole.js), or null; called once, before anything else
//   save(whole)    -> Promise of {at: Date, or null where nothing is saved, browserOnly: [[unit, activity]]}; rejects with
//                     SaveFailed; calls the LMS before its first await. `untold`: the LMS has the work and not the result
//   hold(whole)    -> where a save takes time: keeps in this browser what is newer than the save under way
//   close()        -> ends the session; called once, while the page is going away
//   finish(whole)  -> where there is a `leave`: saves, ends the session, and resolves when nothing is on its way any more
//   learner        -> after open(): a name that stays the same for one person, never shown; "" where there is none
//   leave          -> after open(), where the LMS wants people back there: its address
//   condition      -> after open(): "normal", "review" (nothing is saved), "no_lms" (kept in this browser only),
//                     "session_ended", "away" or "no_launch_data" (kept in this browser, and sent when the unit is opened
//                     again)

export class SaveFailed extends Error {
  // `reason`: what the other side said, for the learner, or ""; `ended`: whether trying again is of no use;
  // `pause`: the milliseconds that it asked to be left alone for; `refused`: whether it answered, and took nothing;
  // `silent`: whether it did not answer in time, and may have taken it; `busy`: whether it said that it has no time now;
  // `condition`: the tracker's from now on.
  constructor(reason = "", { ended = false, pause = 0, refused = false, silent = false, busy = false, condition = "" } = {}) {
    super(reason);
    this.name = "SaveFailed";
    this.reason = reason;
    this.ended = ended;
    this.pause = pause;
    this.refused = refused;
    this.silent = silent;
    this.busy = busy;
    this.condition = condition;
  }
}
