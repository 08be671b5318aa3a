// The contract of all trackers. The player never asks which LMS it is in.
//
//   open()         -> Promise of the saved whole (whole.js), or null; called once, before anything else
//   save(whole)    -> Promise of {at: Date, browserOnly: [[unit, activity]]}; rejects with SaveFailed; calls the LMS before its first await
//   close()        -> ends the session; called once, while the page is going away
//   learner        -> after open(): a name that stays the same for one person, never shown; "" where there is none
//   leave          -> after open(), where the LMS wants people back there: its address
//   condition      -> after open(): "normal", "review" (nothing is saved) or "no_lms" (kept in this browser only)

export class SaveFailed extends Error {
  // `reason`: what the other side said, for the learner, or ""; `ended`: whether trying again is of no use.
  constructor(reason = "", { ended = false } = {}) {
    super(reason);
    this.name = "SaveFailed";
    this.reason = reason;
    this.ended = ended;
  }
}
