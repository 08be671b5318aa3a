"""Parts of patterns that stand for letters: Latin, Greek and Cyrillic, with marks that stand by themselves."""

_LETTERS = [chr(code) for code in (*range(0x530), *range(0x1E00, 0x2000))]
UPPER = "".join(letter for letter in _LETTERS if letter.isupper() or letter.istitle())
LETTER = r"(?:[^\W\d_]|[\u0300-\u036f])"
CAPITALISED = rf"(?:[dl]['’])?[{UPPER}](?:{LETTER}|['’-](?={LETTER})(?!s(?!{LETTER}))){{0,40}}+"
"""A word that begins with a capital, without a genitive's end: `Maria`, `O'Brien`, `Anne-Marie`, `Μαρία`. Bounded, so
that no text takes longer than its length."""
BEGINS, ENDS = r"(?<![\w\u0300-\u036f])", r"(?![\w\u0300-\u036f])"
"""Where a word begins and ends."""
GAP = r"[ \t\u00a0]{1,3}"
"""Between two words of a line."""


def words_of(text: str) -> list[str]:
    """The words of this text, which blanks separate."""
    return text.split()


def any_of(words: str) -> str:
    """A pattern for one of these words, which blanks separate."""
    return f"(?:{'|'.join(words_of(words))})"
