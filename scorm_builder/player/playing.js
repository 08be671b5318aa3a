// What is being played, apart from the page: the progress through all of it, the time spent, and when it is saved.

import { empty, spend } from "./progress.js";
import { createSaving } from "./saving.js";
import { adoptWhole, withUnit } from "./whole.js";

// `clock.lap()` gives the seconds since it was asked last; `tell` hears how each save went (saving.js).
export async function openPlaying(scope, tracker, clock, tell) {
  const saving = createSaving(tracker, tell);
  let whole = adoptWhole(await tracker.open(), scope);

  const progressOf = (unit) => whole.units[unit.id] ?? empty(unit);
  const timed = () => {
    const id = scope.shown?.id ?? whole.current;
    if (id && whole.units[id]) whole = withUnit(whole, scope, id, spend(whole.units[id], clock.lap()));
    return whole;
  };

  return {
    get whole() {
      return whole;
    },
    progressOf,
    show(unit) {
      timed();
      scope.shown = unit;
      whole = withUnit(whole, scope, unit.id, progressOf(unit));
    },
    // The next progress of a unit, to be saved at once or `soon`.
    put(unit, progress, soon = false) {
      whole = withUnit(whole, scope, unit.id, progress);
      if (soon) saving.saveSoon(timed());
      else saving.save(timed());
    },
    tryNow: () => saving.tryNow(),
    // The page is out of sight, and may never come back.
    save: () => saving.save(timed()),
    // Somebody wants to go: resolves to whether all has arrived.
    leave: () => saving.leave(timed()),
    // The page goes away.
    last: () => saving.last(timed()),
  };
}
