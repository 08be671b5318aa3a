// The browser's own storage, where there is any: some frames forbid it, and then everything lives as long as the page.

// `area()` gives what keeps texts by their keys, as localStorage does; it may throw.
export function createStorage(area = () => window.localStorage) {
  const memory = new Map();

  function recall(key) {
    try {
      return JSON.parse(area().getItem(key) ?? memory.get(key) ?? "null");
    } catch {
      return JSON.parse(memory.get(key) ?? "null");
    }
  }

  return {
    recall,
    // [[key, value]] of all whose keys begin so.
    recallAll(prefix) {
      const keys = [...memory.keys()];
      try {
        keys.push(...Object.keys(area()));
      } catch {
        // There is none.
      }
      return [...new Set(keys)].filter((key) => key.startsWith(prefix)).map((key) => [key, recall(key)]);
    },
    keep(key, value) {
      const text = JSON.stringify(value);
      memory.set(key, text);
      try {
        area().setItem(key, text);
        return true;
      } catch {
        return false;
      }
    },
    forget(key) {
      memory.delete(key);
      try {
        area().removeItem(key);
      } catch {
        // Nothing was stored there.
      }
    },
  };
}

export const browserStorage = createStorage();
