// Text as an LMS can keep it: no separators of ours, no control characters, no half characters.

// Half a surrogate pair cannot travel in a form, nor in most databases.
export const withoutHalves = (text) =>
  text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]|[\uD800-\uDFFF]/g, (found) => (found.length === 2 ? found : "\uFFFD"));

// As much of a text as has room, in whole characters; `longest` is in UTF-16 code units, as LMSs count.
export const beginningOf = (text, longest) =>
  withoutHalves(text.length > longest ? text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, "") : text);

// Separators and control characters are written as %XXXX.
export function escapeText(text) {
  return withoutHalves(text)
    .replace(/[%;\u0000-\u001F\u007F-\u009F\u2028\u2029]/g, (one) => `%${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

export function unescapeText(text) {
  return text.replace(/%([0-9a-f]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
}
