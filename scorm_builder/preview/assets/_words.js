// The page's words in the author's language, with {braces} filled in.

const told = JSON.parse(document.body.dataset.told ?? "{}");

export const { language, languages } = told;

export const say = (key, values = {}) => told[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const timeOf = (at) => new Date(at).toLocaleTimeString(language, { hourCycle: "h23" });

// An element with text, and what stands in it.
export function made(tag, text = "", ...inside) {
  const element = document.createElement(tag);
  element.append(text, ...inside);
  return element;
}
