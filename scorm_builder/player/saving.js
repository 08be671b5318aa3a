// Keeps the newest progress moving towards the LMS: one save at a time, tried again by itself when it fails.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 60000;
const REST_WAIT = 1500;

// `tell` hears {state: "saving"} when what was said of an earlier save holds no longer, then {state: "saved", at,
// browserOnly, untold} or {state: "failed", reason, ended}.
export function createSaving(tracker, tell) {
  let newest = null;
  let busy = false;
  let wait = FIRST_WAIT;
  let timer = 0;
  /** @type {Promise<boolean> | null} */
  let delivery = null;

  async function send() {
    clearTimeout(timer);
    if (busy) tracker.hold?.(newest);
    if (busy || !newest) return;
    const sent = newest;
    delivery = deliver(sent);
    if (!(await delivery)) return;
    if (newest && newest !== sent) await send();
    else if (newest) timer = setTimeout(send, REST_WAIT); // What the LMS was spared at once.
  }

  async function deliver(sent) {
    busy = true;
    const saying = setTimeout(() => tell({ state: "saving" }), 0); // A save that is done at once is not spoken of.
    try {
      const { at, browserOnly, more, untold = false } = await tracker.save(sent);
      if (newest === sent) newest = more ? sent : null;
      wait = FIRST_WAIT;
      if (!newest || more) tell({ state: "saved", at, browserOnly, untold });
      return true;
    } catch (failure) {
      fail(failure);
      return false;
    } finally {
      clearTimeout(saying);
      busy = false;
    }
  }

  function fail({ reason = "", ended = false, pause = 0 }) {
    tell({ state: "failed", reason, ended });
    if (!ended) timer = setTimeout(send, Math.max(wait, pause));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  return {
    save(progress) {
      newest = progress;
      return send();
    },
    // Soon, but not for every letter.
    saveSoon(progress, delay = 1500) {
      newest = progress;
      tell({ state: "saving" });
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    },
    tryNow: send,
    // Somebody wants to go: whether all has arrived, and nothing is on its way any more.
    async leave(progress) {
      newest = null;
      await delivery;
      clearTimeout(timer);
      busy = true;
      try {
        await tracker.finish(progress);
        return true;
      } catch (failure) {
        newest = progress;
        fail(/** @type {any} */ (failure));
        return false;
      } finally {
        busy = false;
      }
    },
    // The page goes away: whatever is under way, the newest is handed over now.
    last(progress) {
      clearTimeout(timer);
      tracker.save(progress, { last: true }).catch(() => {});
      tracker.close();
    },
  };
}
