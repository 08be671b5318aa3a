// Discreet notes at fields and rows: who changed them, and when; "just now" grows into a time by itself.

import { speakWhen } from "../../web/assets/_moments.js";

const JUST_NOW = 60000; // milliseconds
const notes = new Map();

/** Say in `element` who changed it and when; `pattern` holds {who} and {when}. */
export function note(element, pattern, { who, at, justNow }) {
  notes.set(element, { pattern, who, at: new Date(at), justNow });
  element.hidden = false;
  write(element);
}

export function unnote(element) {
  notes.delete(element);
  element.hidden = true;
  element.textContent = "";
}

/** Bring the times up to date. */
export function refreshNotes() {
  for (const element of notes.keys()) {
    if (element.isConnected) write(element);
    else notes.delete(element);
  }
}

function write(element) {
  const { pattern, who, at, justNow } = notes.get(element);
  const when = Date.now() - at < JUST_NOW ? justNow : speakWhen(at);
  const words = pattern.replace("{who}", who).replace("{when}", when);
  // A button may stand behind the words: only the words are written anew.
  const first = element.firstChild;
  if (first?.nodeType === Node.TEXT_NODE) {
    if (first.data !== words) first.data = words;
  } else {
    element.prepend(words);
  }
}
