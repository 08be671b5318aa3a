// What a page says in an element: its text on one line, without the marks of an answer that was checked.

export function wordsOf(element) {
  if (!element) return "";
  const copy = element.cloneNode(true);
  for (const mark of copy.querySelectorAll("[data-mark]")) mark.remove();
  return copy.textContent.replace(/\s+/gu, " ").trim();
}

// The question of most kinds.
export const questionIn = (element) => wordsOf(element.querySelector("legend, .pw-question"));
