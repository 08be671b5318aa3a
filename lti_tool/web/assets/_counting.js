// Words and characters as a reader counts them, in any script; lti_tool/counting.py counts the same. No page is needed.

// Marks belong to the letter before them, and format characters have no look (Unicode Standard Annex 15).
const UNSEEN = /[\p{M}\p{Cf}]/gu;
const WORD_BREAK = /\u200B/g; // a format character too, yet the gap between words where a script writes none
const WORD = /[\p{L}\p{N}]+(?:['’ʼ.,·׳״‐‑-][\p{L}\p{N}]+)*/gu;

const seen = (text) => text.replace(WORD_BREAK, " ").normalize("NFC").replace(UNSEEN, "");

/** The words of a text: runs of letters or digits, also with an apostrophe, a hyphen or a decimal point within. */
export const countWords = (text) => (seen(text).match(WORD) ?? []).length;

/** The characters of a text, each space and line break among them. */
export const countCharacters = (text) => [...seen(text)].length;

/** The characters of a text, with one for each gap between words. */
export const countCharactersFlowing = (text) => [...seen(text).trim().replace(/[\s\x85]+/gu, " ")].length;
