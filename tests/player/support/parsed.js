// HTML as browsers read it (parse5), in the form that the paste's pure part takes.

import { parse } from "parse5";

export function parsed(html) {
  return parse(html).childNodes.map(plain).filter(Boolean);
}

function plain({ nodeName, tagName, attrs, childNodes, value, content }) {
  if (nodeName === "#text") return value;
  if (!tagName) return null;
  const attributes = Object.fromEntries(attrs.map(({ name, value: text }) => [name, text]));
  return { tag: tagName, attributes, children: (content?.childNodes ?? childNodes).map(plain).filter((node) => node !== null) };
}
