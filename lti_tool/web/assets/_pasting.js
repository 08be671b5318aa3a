// Pasting and dropping outside of the rich editor: lists and tables become lines of words, and a file that is dropped
// anywhere never takes the place of the page.

import { isFilesOnly, readHtml } from "./pasting/clipboard.js";
import { asText } from "./pasting/writing.js";
import { forgetRefused, sayRefused } from "./_refusals.js";

const WORDS = "textarea, input[type=text], input:not([type])";
const STRUCTURED = /<(li|td)\b|mso-list/i; // of other HTML its plain text is as good

export function listenForPasting(root) {
  root.addEventListener("paste", paste);
  root.addEventListener("dragover", (event) => isFilesOnly(event.dataTransfer) && !takesFiles(event) && event.preventDefault());
  root.addEventListener("drop", drop, { capture: true }); // before the editor
}

function paste(event) {
  const { target, clipboardData } = event;
  if (!target.matches?.(WORDS)) return;
  forgetRefused();
  if (isFilesOnly(clipboardData)) return refuse(event, "pictures");
  const html = clipboardData.getData("text/html");
  if (!html) return;
  const { blocks, pictures } = readHtml(html);
  if (pictures) sayRefused(target, "pictures");
  if (!STRUCTURED.test(html) || !blocks.length) return;
  event.preventDefault();
  document.execCommand("insertText", false, asText(blocks)); // as if typed: it can be undone, and is saved
}

function drop(event) {
  if (takesFiles(event)) return;
  if (isFilesOnly(event.dataTransfer)) refuse(event, "files");
}

function refuse(event, what) {
  event.preventDefault();
  event.stopPropagation();
  sayRefused(event.target, what);
}

const takesFiles = ({ target }) => Boolean(target.matches?.("input[type=file]"));
