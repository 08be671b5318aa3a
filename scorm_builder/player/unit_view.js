// A unit on the screen: its pages, its activities, its check and its result, until it is closed.

import { mountActivity } from "./activities/activity.js";
import { createCheck } from "./check.js";
import { bringLater } from "./later.js";
import { arrange, seedOf } from "./order.js";
import { createPaging } from "./paging.js";
import { answer, tryAgain, turnTo } from "./progress.js";
import { showResult } from "./result.js";
import { placeTerms } from "./terms.js";

// `get` gives the unit's progress; `put(progress, soon)` takes the next one.
export function openUnit(unit, { get, put, fromAddress }) {
  const closing = new AbortController();
  const mounted = new Map();
  const change = (progress, soon = false) => {
    put(progress, soon);
    refresh();
  };
  const check = createCheck(unit, () => {
    change(tryAgain(get(), unit));
    for (const activity of unit.activities.filter(({ pool }) => pool)) {
      mounted.get(activity.id).reset();
      arrange(activity.element, seedOf(activity, unit, get()));
    }
    check.showDrawn(get());
    return unit.activities.find(({ id }) => get().check.drawn.includes(id)).element;
  });
  const paging = createPaging(unit, (page) => change(turnTo(get(), unit, page)), closing.signal);
  function refresh() {
    paging.refresh(get());
    check.refresh(get());
    showResult(get(), unit);
  }

  function mountWhatIsThere() {
    for (const activity of unit.activities) {
      if (mounted.has(activity.id) || !activity.element) continue;
      arrange(activity.element, seedOf(activity, unit, get()));
      const answered = (given) => change(answer(get(), unit, activity.id, given), !given.checked);
      mounted.set(activity.id, mountActivity(activity, unit, () => get().answers, answered));
    }
    check.showDrawn(get());
  }

  mountWhatIsThere();
  placeTerms(unit.root);
  paging.begin(get().page, fromAddress);
  // Resolves when every page is there.
  unit.complete = bringLater(unit).then(() => {
    mountWhatIsThere();
    const { page, seen } = get();
    if (seen.includes(page)) refresh();
    else change(turnTo(get(), unit, page));
  });
  return {
    browserOnly(names) {
      const ours = names.filter(([name]) => name === unit.id).map(([, id]) => id);
      for (const [id, activity] of mounted) activity.browserOnly(ours.includes(id));
    },
    close: () => closing.abort(),
  };
}
