// What an LMS keeps between two visits, here for as long as the tab is open: one record for each format and unit.

const PREFIX = "preview:";

export function readKept(name) {
  return JSON.parse(window.sessionStorage.getItem(PREFIX + name) ?? "null");
}

export function writeKept(name, record) {
  try {
    window.sessionStorage.setItem(PREFIX + name, JSON.stringify(record));
  } catch {
    // No room: the record lives until the page is left.
  }
}

// The learner's browser keeps what an LMS has no room for: that is forgotten too.
export function forgetKept(name) {
  window.sessionStorage.removeItem(PREFIX + name);
  for (const key of Object.keys(window.localStorage)) if (key.startsWith("pw:")) window.localStorage.removeItem(key);
}
