// The LMS's elements, each set only when it changed; what an LMS does not want is not offered again.

import { SaveFailed } from "../tracker.js";

const MOST_AT_ONCE = 5; // calls in one save; with the commit that makes six for a page turn

// `needed` are the elements without which nothing is saved.
export function createElements(calls, needed) {
  const sent = new Map();
  const unwanted = new Set();
  let refused = new Set();
  let made = [];

  // A refusal does not keep back the rest: an LMS without room for the answers can still be told of the score.
  function set(element, value) {
    if (isKnown(element, value)) return;
    made.push(element);
    if (calls.set(element, value)) sent.set(element, value);
    else refused.add(element);
  }

  const isKnown = (element, value) => sent.get(element) === value || unwanted.has(element) || refused.has(element);

  return {
    set,
    // What the LMS has already.
    known(element, value) {
      sent.set(element, value);
    },
    get(element) {
      made.push(element);
      return calls.get(element);
    },
    // Whether nothing was asked of the LMS in this save so far.
    idle: () => made.length === 0,
    // These can wait: as many as there is room for, all of them at the `last` save. Returns whether some are left.
    setSome(values, last) {
      for (const [element, value] of values) {
        if (isKnown(element, value)) continue;
        if (made.length >= MOST_AT_ONCE && !last) return true;
        set(element, value);
      }
      return false;
    },
    // What a failed commit may have dropped is sent again, and what was refused meanwhile is offered again.
    commit() {
      const kept = calls.commit();
      const missing = needed.filter((element) => refused.has(element));
      const ended = !(kept && missing.length === 0) && calls.ended();
      if (kept) for (const element of refused) if (!missing.includes(element)) unwanted.add(element);
      for (const element of kept ? missing : [...made, ...needed]) sent.delete(element);
      [made, refused] = [[], new Set()];
      if (!kept || missing.length) throw new SaveFailed("", { ended });
    },
  };
}
