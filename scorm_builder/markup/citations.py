"""How a cited work is named in the text: surnames and year, from its reference (APA 7, section 8.11)."""

import re

_YEAR = re.compile(r"\((\d{4}[a-z]?|n\.d\.)[^)]*\)")
_SURNAME = re.compile(r"(?:^|[,&]\s*)([^\W\d_][^,&()]*?),\s+(?=[^\W\d_](?:\.|-))")


def label_of(reference: str) -> str:
    """“Epstein & Sheldon, 2011” of a whole reference; its first words where it has no authors or no year."""
    match = _YEAR.search(reference)
    if not match:
        return " ".join(reference.split()[:3]).rstrip(".,")
    before = reference[: match.start()].strip()
    surnames = _SURNAME.findall(before)
    if len(surnames) > 2:
        return f"{surnames[0]} et al., {match[1]}"
    return f"{' & '.join(surnames) or before}, {match[1]}"
