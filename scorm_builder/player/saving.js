// Keeps the newest progress moving towards the LMS: one save at a time, tried again by itself when it fails.

const FIRST_WAIT = 3000;
const LONGEST_WAIT = 60000;
const REST_WAIT = 1500;

export function createSaving(tracker, tell) {
  let newest = null;
  let busy = false;
  let wait = FIRST_WAIT;
  let timer = 0;

  async function send() {
    clearTimeout(timer);
    if (busy) tracker.hold?.(newest);
    if (busy || !newest) return;
    busy = true;
    const sent = newest;
    try {
      const { at, browserOnly, more } = await tracker.save(sent);
      if (newest === sent) newest = more ? sent : null;
      wait = FIRST_WAIT;
      tell({ state: "saved", at, browserOnly });
    } catch (failure) {
      const { reason = "", ended = false, pause = 0 } = /** @type {any} */ (failure);
      tell({ state: "failed", reason, ended });
      if (!ended) timer = setTimeout(send, Math.max(wait, pause));
      wait = Math.min(wait * 2, LONGEST_WAIT);
      return;
    } finally {
      busy = false;
    }
    if (newest && newest !== sent) await send();
    else if (newest) timer = setTimeout(send, REST_WAIT); // What the LMS was spared at once.
  }

  return {
    save(progress) {
      newest = progress;
      return send();
    },
    // Soon, but not for every letter.
    saveSoon(progress, delay = 1500) {
      newest = progress;
      clearTimeout(timer);
      timer = setTimeout(send, delay);
    },
    tryNow: send,
    // The page goes away: whatever is under way, the newest is handed over now.
    last(progress) {
      clearTimeout(timer);
      tracker.save(progress, { last: true }).catch(() => {});
      tracker.close();
    },
  };
}
