// Plays a package: resumes where the learner was, shows its units, and hands progress to the tracker.

import { createClock, saveWhenLeaving } from "./leaving.js";
import { createNotices } from "./notices.js";
import { createOverview } from "./overview.js";
import { empty, spend } from "./progress.js";
import { createSaving } from "./saving.js";
import { readScope } from "./scope.js";
import { openUnit } from "./unit_view.js";
import { adoptWhole, withUnit } from "./whole.js";

export async function start(createTracker) {
  const scope = readScope();
  const notices = createNotices(scope);
  const tracker = createTracker(scope);
  const clock = createClock();
  const saving = createSaving(tracker, (told) => tell(told, notices, saving, () => view));
  let whole = adoptWhole(await tracker.open(), scope);
  let view = null;

  const timed = () => {
    const id = scope.shown?.id ?? whole.current;
    if (id && whole.units[id]) whole = withUnit(whole, scope, id, spend(whole.units[id], clock.lap()));
    return whole;
  };
  const progressOf = (unit) => whole.units[unit.id] ?? empty(unit);
  const overview = createOverview(scope, show);

  function show(unit, { fromAddress = false } = {}) {
    view?.close();
    timed();
    Object.defineProperty(unit, "learner", { get: () => tracker.learner ?? "" });
    scope.shown = unit;
    whole = withUnit(whole, scope, unit.id, progressOf(unit));
    const put = (progress, soon) => {
      whole = withUnit(whole, scope, unit.id, progress);
      overview.refresh(whole);
      if (soon) saving.saveSoon(timed());
      else saving.save(timed());
    };
    view = openUnit(unit, { get: () => progressOf(unit), put, fromAddress });
    unit.root.dataset.begun = "true";
    unit.complete.then(() => { unit.root.dataset.ready = "true"; });
  }

  notices.condition(tracker.condition);
  notices.wayBack(tracker.leave ?? "");
  saveWhenLeaving(saving, timed, clock);
  await overview.begin(whole);
  if (scope.root) scope.root.dataset.ready = "true";
}

function tell(told, notices, saving, view) {
  if (told.state === "failed") {
    notices.failed(told, () => saving.tryNow());
    return;
  }
  if (told.at) notices.saved(told.at);
  view()?.browserOnly(told.browserOnly);
}
