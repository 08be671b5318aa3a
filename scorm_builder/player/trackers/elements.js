// The LMS's elements, each set only when it changed; what an LMS does not want is not offered again.

import { SaveFailed } from "../tracker.js";

const MOST_AT_ONCE = 5; // sets in one save; with the commit that makes six calls for a page turn

// `needed` are the elements without which nothing is saved.
export function createElements(calls, needed) {
  const sent = new Map();
  const unwanted = new Set();
  let made = 0;

  function set(element, value) {
    if (isKnown(element, value)) return;
    made += 1;
    if (calls.set(element, value)) sent.set(element, value);
    else if (needed.includes(element)) throw new SaveFailed();
    else unwanted.add(element);
  }

  const isKnown = (element, value) => sent.get(element) === value || unwanted.has(element);

  return {
    set,
    // What the LMS has already.
    known(element, value) {
      sent.set(element, value);
    },
    // These can wait: as many as there is room for, all of them at the `last` save. Returns whether some are left.
    setSome(values, last) {
      for (const [element, value] of values) {
        if (isKnown(element, value)) continue;
        if (made >= MOST_AT_ONCE && !last) return true;
        set(element, value);
      }
      return false;
    },
    // What a failed commit may have dropped is sent again.
    commit() {
      made = 0;
      if (calls.commit()) return;
      for (const element of needed) sent.delete(element);
      throw new SaveFailed();
    },
  };
}
