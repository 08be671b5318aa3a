// The characters of a text as a reader counts them, in any script: a letter and its marks are one however they were typed
// (Unicode Standard Annex 15), and what has no look, such as a joiner, is none. The tool's pages count the same.

const UNSEEN = /[\p{M}\p{Cf}]/gu;
const WORD_BREAK = /\u200B/gu; // a format character too, yet the gap between words where a script writes none

export const countCharacters = (text) => [...text.replace(WORD_BREAK, " ").normalize("NFC").replace(UNSEEN, "")].length;
