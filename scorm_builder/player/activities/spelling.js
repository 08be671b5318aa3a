// Whether two short texts are the same words: whatever phones, word processors and keyboards change of what somebody
// writes makes no difference. Case, width and accents are compared as the language does it (Unicode Technical Standard
// 10; ECMA-402, Intl.Collator): in Greek accents make no difference, in Swedish å is another letter than a.

// Before compatibility forms: some accents that stand by themselves are typed for an apostrophe.
const APOSTROPHES = /[‘’‚‛ʹʻʼʽˈ′`´΄᾽᾿῾＇]/gu;
const QUOTES = /[“”„‟″«»‹›〝〞＂]/gu;
const UNSEEN = /\p{Cf}/gu; // soft hyphens, joiners, marks of direction, byte order marks
const DASHES = /\s*[\p{Pd}−⁃]+\s*/gu;
const SLASHES = /\s*[/⁄∕]\s*/gu;
const AROUND = /^[\s.,;:!?·'"]+|[\s.,;:!?·'"]+$/gu;

export function tidied(text) {
  const typed = text.replace(APOSTROPHES, "'").replace(QUOTES, '"').normalize("NFKC").replace(UNSEEN, "");
  const joined = typed.replace(DASHES, "-").replace(SLASHES, "/").replace(/\s+/gu, " ");
  return joined.replace(AROUND, "");
}

export function isSameText(one, other, language) {
  const { compare } = new Intl.Collator(language, { usage: "search", sensitivity: "base" });
  return compare(tidied(one), tidied(other)) === 0;
}
