// The browser's own storage, where there is any: some frames forbid it, and then everything lives as long as the page.

const memory = new Map();

export function recall(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key) ?? memory.get(key) ?? "null");
  } catch {
    return JSON.parse(memory.get(key) ?? "null");
  }
}

// [[key, value]] of all whose keys begin so.
export function recallAll(prefix) {
  const keys = [...memory.keys()];
  try {
    keys.push(...Object.keys(window.localStorage));
  } catch {
    // There is none.
  }
  return [...new Set(keys)].filter((key) => key.startsWith(prefix)).map((key) => [key, recall(key)]);
}

export function keep(key, value) {
  const text = JSON.stringify(value);
  memory.set(key, text);
  try {
    window.localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function forget(key) {
  memory.delete(key);
  try {
    window.localStorage.removeItem(key);
  } catch {
    // Nothing was stored there.
  }
}
