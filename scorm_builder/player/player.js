// Plays a package: resumes where the learner was, shows its units, and hands progress to the tracker.

import { createClock, saveWhenLeaving } from "./leaving.js";
import { createNotices } from "./notices.js";
import { createOverview } from "./overview.js";
import { openPlaying } from "./playing.js";
import { readScope } from "./scope.js";
import { openUnit } from "./unit_view.js";

export async function start(createTracker) {
  const scope = readScope();
  const notices = createNotices(scope);
  const tracker = createTracker(scope);
  const clock = createClock();
  /** @type {any} */
  let view = null;

  function tell(told) {
    if (told.state === "failed") {
      notices.failed(told, () => playing.tryNow());
      return;
    }
    if (told.at) notices.saved(told.at);
    view?.browserOnly(told.browserOnly);
  }

  const playing = await openPlaying(scope, tracker, clock, tell);
  const overview = createOverview(scope, show);

  function show(unit, { fromAddress = false } = {}) {
    view?.close();
    Object.defineProperty(unit, "learner", { get: () => tracker.learner ?? "" });
    unit.keptStatus = tracker.condition === "review" ? playing.progressOf(unit).status : null;
    playing.show(unit);
    const put = (progress, soon) => {
      playing.put(unit, progress, soon);
      overview.refresh(playing.whole);
    };
    view = openUnit(unit, { get: () => playing.progressOf(unit), put, fromAddress });
    unit.root.dataset.begun = "true";
    unit.complete.then(() => { unit.root.dataset.ready = "true"; });
  }

  notices.condition(tracker.condition);
  notices.wayBack(tracker.leave ?? "");
  saveWhenLeaving(playing, clock);
  await overview.begin(playing.whole);
  if (scope.root) scope.root.dataset.ready = "true";
}
