// The contract of all trackers. The player never asks which LMS it is in.
//
//   open()         -> Promise of the saved progress, or null; called once, before anything else
//   save(progress) -> Promise of {at: Date, browserOnly: [activity ids]}; rejects with SaveFailed; calls the LMS before its first await
//   close()        -> ends the session; called once, while the page is going away
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
