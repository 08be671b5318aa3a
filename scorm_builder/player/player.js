// Plays a package: resumes where the learner was, shows its units, and hands progress to the tracker.

import { refuseFiles } from "./files.js";
import { createClock, saveWhenLeaving } from "./leaving.js";
import { createNotices } from "./notices.js";
import { createOverview } from "./overview.js";
import { openPlaying } from "./playing.js";
import { readScope } from "./scope.js";
import { openUnit } from "./unit_view.js";
import { createWayBack } from "./way_back.js";

const PATIENCE = 3000; // milliseconds until somebody is told what the page waits for

export async function start(createTracker) {
  const scope = readScope();
  const notices = createNotices(scope);
  const tracker = createTracker(scope);
  const clock = createClock();
  /** @type {any} */
  let view = null;

  function tell(told) {
    if (told.state === "saving") return notices.saving();
    if (told.state === "failed") return notices.failed(told, () => playing.tryNow());
    if (told.at) notices.saved(told);
    return view?.browserOnly(told.browserOnly);
  }

  const waiting = setTimeout(() => notices.condition("waiting"), PATIENCE);
  const playing = await openPlaying(scope, tracker, clock, tell);
  clearTimeout(waiting);
  const text = scope.say(tracker.condition === "normal" ? "leave" : "go_back");
  const wayBack = createWayBack(tracker.leave ?? "", text, scope.say, () => playing.leave());
  const overview = createOverview(scope, show);

  function show(unit, { fromAddress = false } = {}) {
    view?.close();
    Object.defineProperty(unit, "learner", { get: () => tracker.learner ?? "" });
    unit.wayBack = wayBack;
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
  if (wayBack) notices.wayBack(wayBack());
  refuseFiles(window, () => notices.filesRefused());
  saveWhenLeaving(playing, clock);
  await overview.begin(playing.whole);
  if (scope.root) scope.root.dataset.ready = "true";
}
