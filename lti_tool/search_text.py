"""Names as they are searched: no capitals, no accents, the same for Python and for both databases."""

import unicodedata

MOST_WORDS, LONGEST_SEARCH = 8, 200
"""Of a search, in words and characters; what is beyond is left out of it."""


def folded(name: str) -> str:
    """The name without what people leave out when they type it in a hurry: `Γυμνάσιο` becomes `γυμνασιο`."""
    # Letter by letter: the marks, whose order would cost more than the text is long, are left out anyway.
    apart = "".join(unicodedata.normalize("NFKD", letter) for letter in name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def searched_words(search: str) -> list[str]:
    """The words that are searched for, as names are kept."""
    return folded(search[:LONGEST_SEARCH]).split()[:MOST_WORDS]
