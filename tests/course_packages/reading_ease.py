"""How easy an English text is to read (Flesch, R., 1948, A new readability yardstick)."""

import re

_SILENT = re.compile(r"(?:[^laeioucgsxzh]es|[^aeiouydt]ed|[^aeiouyl]e)$")


def syllables(word: str) -> int:
    """The syllables of one English word, by groups of vowels; within a few per cent over a whole text."""
    word = word.lower().replace("’", "").replace("'", "")
    stem = _SILENT.sub(lambda match: match[0][0], word) if len(word) > 3 else word
    return max(1, len(re.findall(r"[aeiouy]+", stem)) + len(re.findall(r"ia(?!l)|io(?!n|u)|[eu]o|eing|ying", stem)))


def flesch(text: str) -> float:
    """Reading ease: 206.835 - 1.015 words per sentence - 84.6 syllables per word; higher is easier."""
    words = re.findall(r"[A-Za-z]+(?:['’-][A-Za-z]+)*", text)
    sentences = max(1, len(re.findall(r"[.!?…]+[”\"')]*(?=\s|$)", text)))
    return 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(syllables, words)) / len(words)
