// Plays a unit: resumes where the learner was, turns pages, takes answers, and hands progress to the tracker.

import { mountActivity } from "./activities/activity.js";
import { createNotices } from "./notices.js";
import { createPaging } from "./paging.js";
import { adopt, answer, spend, turnTo } from "./progress.js";
import { showResult } from "./result.js";
import { createSaving } from "./saving.js";
import { readUnit } from "./unit.js";

export async function start(createTracker) {
  const unit = readUnit(document.querySelector(".pw-unit"));
  const notices = createNotices(unit);
  const tracker = createTracker(unit);
  let progress = adopt(await tracker.open(), unit);
  const clock = createClock();
  const mounted = new Map();
  const saving = createSaving(tracker, (told) => tell(told, notices, saving, mounted));
  const refresh = () => {
    paging.refresh(progress);
    showResult(progress, unit);
  };
  const timed = () => {
    progress = spend(progress, clock.lap());
    return progress;
  };

  for (const activity of unit.activities) {
    const change = (given) => {
      progress = answer(progress, unit, activity.id, given);
      refresh();
      if (given.checked) saving.save(timed());
      else saving.saveSoon(timed());
    };
    mounted.set(activity.id, mountActivity(activity, unit, () => progress.answers, change));
  }
  const paging = createPaging(unit, (page) => {
    progress = turnTo(progress, unit, page);
    refresh();
    saving.save(timed());
  });
  notices.condition(tracker.condition);
  paging.begin(progress.page);
  saveWhenLeaving(saving, timed, clock);
  unit.root.dataset.ready = "true";
}

function tell(told, notices, saving, mounted) {
  if (told.state === "failed") {
    notices.failed(told, () => saving.tryNow());
    return;
  }
  notices.saved(told.at);
  for (const [id, activity] of mounted) activity.browserOnly(told.browserOnly.includes(id));
}

// `unload` is never used: browsers skip it, and what it should have saved would be lost.
function saveWhenLeaving(saving, timed, clock) {
  let left = false;
  document.addEventListener("visibilitychange", () => {
    const hidden = document.visibilityState === "hidden";
    if (hidden && !left) saving.save(timed());
    clock.run(!hidden);
  });
  window.addEventListener("pagehide", () => {
    if (left) return;
    left = true;
    saving.last(timed());
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload(); // The session was closed: a fresh one is needed.
  });
}

// Seconds while the page is in sight.
function createClock() {
  let since = performance.now();
  let running = document.visibilityState !== "hidden";
  let spent = 0;
  const settle = () => {
    if (running) spent += (performance.now() - since) / 1000;
    since = performance.now();
  };
  return {
    run(on) {
      settle();
      running = on;
    },
    lap() {
      settle();
      const whole = Math.floor(spent);
      spent -= whole;
      return whole;
    },
  };
}
