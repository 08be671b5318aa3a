"""Names as they are searched: no capitals, no accents, the same for Python and for both databases."""

import unicodedata


def folded(name: str) -> str:
    """The name without what people leave out when they type it in a hurry: `Γυμνάσιο` becomes `γυμνασιο`."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
