// What a clipboard or something dragged holds: HTML in the form that reading.js takes, or files only.

import { read } from "./reading.js";

/** {blocks, pictures} of HTML. It is parsed by itself: nothing of it runs, loads or shows. */
export function readHtml(html) {
  const { documentElement } = new DOMParser().parseFromString(html, "text/html");
  return read([...documentElement.childNodes].map(plain).filter((node) => node !== null));
}

// Under our policy styles do not apply, also here; what the attribute says can be read all the same.
function plain(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return null;
  const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
  const children = [...node.childNodes].map(plain).filter((child) => child !== null);
  return { tag: node.localName, attributes, children };
}

/** Whether there are files and no words: a screenshot, a picture, a document. Programs add pictures to words, too. */
export function isFilesOnly(data) {
  const kinds = [...(data?.types ?? [])];
  return kinds.includes("Files") && !kinds.includes("text/plain") && !kinds.includes("text/html");
}
