// Keeps short texts for the tool and gives them back (LTI postMessage Storage 0.1), apart for each origin.

const { tool } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
const PREFIX = "lti|platform_storage|";
const LONGEST = 4096; // characters, as in Canvas
const ANSWERS = { "lti.put_data": put, "lti.get_data": get };
const memory = new Map(); // for browsers that keep nothing at all

window.addEventListener("message", ({ origin, source, data }) => {
  const answer = ANSWERS[data?.subject];
  if (origin !== tool || !answer || !data.key || !data.message_id) return;
  const { subject, message_id, key } = data;
  const told = { subject: `${subject}.response`, message_id, key, ...answer(`${PREFIX}${origin}|${key}`, data) };
  /** @type {Window} */ (source).postMessage(told, origin);
});

function put(name, { value }) {
  if (String(value ?? "").length > LONGEST) return { error: { code: "storage_exhaustion", message: "too long" } };
  const forget = value === null || value === undefined; // the standard's way to have something forgotten
  if (forget) memory.delete(name);
  else memory.set(name, value);
  try {
    if (forget) window.localStorage.removeItem(name);
    else window.localStorage.setItem(name, value);
  } catch {
    // Until the page is left.
  }
  return { value };
}

function get(name) {
  try {
    return { value: window.localStorage.getItem(name) ?? memory.get(name) ?? null };
  } catch {
    return { value: memory.get(name) ?? null };
  }
}
