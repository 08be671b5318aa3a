// The browser's own storage where the page around us seals what is typed (lti_tool/web/assets/_sealing.js), so that whoever
// uses the computer next cannot read it. It works as storage.js does, once `ready()` has come.
//
// Stored is {at, text}: the moment of the value (ISO 8601) stands open, for whoever forgets what is old.

// `sealing` has canSeal() -> Promise of a boolean, seal(name, value) -> Promise of a text, unseal(name, text) -> Promise of
// the value, or null where it is somebody else's.
export function createSealedStorage(sealing, area = () => window.localStorage) {
  const known = new Map(); // key -> {stored, value}, of what was read or is being sealed
  const turns = new Map(); // key -> the number of its newest value: sealing takes a moment
  let works = false;

  function stored(key) {
    try {
      return area().getItem(key);
    } catch {
      return null;
    }
  }

  function parsed(text) {
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  }

  const nextTurn = (key) => turns.set(key, (turns.get(key) ?? 0) + 1).get(key);

  async function write(key, value, turn) {
    const at = value.at;
    const text = JSON.stringify({ at, text: await sealing.seal(key, value) });
    if (turns.get(key) !== turn) return;
    area().setItem(key, text);
    known.set(key, { stored: text, value });
  }

  return {
    // Opens what begins so; nothing can be recalled before.
    async ready(prefix) {
      works = Boolean(await sealing?.canSeal());
      if (!works) return;
      let keys = [];
      try {
        keys = Object.keys(area()).filter((key) => key.startsWith(prefix));
      } catch {
        works = false;
      }
      for (const key of keys) {
        const text = stored(key);
        const value = await sealing.unseal(key, parsed(text).text).catch(() => null);
        if (value) known.set(key, { stored: text, value });
      }
    },
    // What another window has written since is not ours to read, but its moment is told.
    recall(key) {
      const text = stored(key);
      const found = known.get(key);
      if (!text) return null;
      return found?.stored === text ? found.value : { at: parsed(text).at };
    },
    recallAll(prefix) {
      const keys = [...known.keys()].filter((key) => key.startsWith(prefix) && known.get(key).stored === stored(key));
      return keys.map((key) => [key, known.get(key).value]);
    },
    keep(key, value) {
      if (!works) return false;
      write(key, structuredClone(value), nextTurn(key)).catch(() => { works = false; });
      return true;
    },
    forget(key) {
      nextTurn(key);
      known.delete(key);
      try {
        area().removeItem(key);
      } catch {
        // Nothing was stored there.
      }
    },
  };
}
