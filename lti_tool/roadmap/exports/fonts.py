"""The fonts of PDFs, which come with packages, and what of a text they can show.

PDF/UA-1 (ISO 14289-1, 7.21.8) refuses a document with a sign that none of its fonts has, so such signs are replaced.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import manimgx_fonts
import typst
from fontTools.ttLib import TTFont

FOLDER = Path(manimgx_fonts.__file__).parent
FIRST = "Noto Sans"
FOR_SIGNS = "DejaVu Sans Mono"
"""A font within typst itself, which nobody else can read."""
SIGNS = frozenset("⇒⇔≤≥≈≠≡∞∑√∗☐■□●○◦★☆✓✗✘►◄▲▼◆◇")
"""What people write and only that font has."""
REPLACEMENT = "\ufffd"
"""Stands where a sign cannot be shown."""
LONGEST_RUN = 30
"""Characters without a space, after which a line may break all the same."""
BREAK = "\u200b"
JOINER = "\u200d"
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Kinds of characters that need no picture."""


@cache
def fonts() -> typst.Fonts:
    """All of them, and none of the machine's own."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FOLDER])


@cache
def families() -> tuple[str, ...]:
    """Their names, the one for most texts first."""
    ours = sorted({font.family for font in fonts().fonts() if font.path} - {FIRST})
    return (FIRST, *ours, FOR_SIGNS)


def printable(text: str) -> str:
    """The text with what the fonts can show; long runs may break within. Lines stay."""
    return "".join(_with_breaks("".join(_shown(cluster) for cluster in _clusters(text))))


def _clusters(text: str) -> Iterator[str]:
    """Each letter with the marks that belong to it: what one font has to show as a whole."""
    cluster = ""
    for letter in text:
        if cluster and (unicodedata.category(letter)[0] == "M" or letter == JOINER):
            cluster += letter
        else:
            yield cluster
            cluster = letter
    yield cluster


def _shown(cluster: str) -> str:
    """What stands for the cluster: itself, its first letter, or the replacement."""
    visible = "".join(letter for letter in cluster if _is_visible(letter))
    if not visible:
        return cluster if cluster in {"\n", " "} else " " if cluster.isspace() else ""
    if _held(visible):
        return cluster if len(visible) == len(cluster) or JOINER in cluster else visible
    return visible[0] if _held(visible[0]) and not unicodedata.combining(visible[0]) else REPLACEMENT


def _is_visible(letter: str) -> bool:
    """Whether it needs a picture; what only steers others, or is no letter at all, does not."""
    return unicodedata.category(letter) not in UNSEEN and not "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=4096)
def _held(letters: str) -> bool:
    """Whether one font has all of these."""
    if letters in SIGNS:
        return True
    return any(all(ord(letter) in _letters_of(file) for letter in letters) for file in _files())


@cache
def _files() -> tuple[Path, ...]:
    """The fonts' files, that for most texts first: the others are read when a letter is not in it."""
    found = (file for file in FOLDER.glob("*.ttf") if "Italic" not in file.name)
    return tuple(sorted(found, key=lambda file: (not file.name.startswith("NotoSans["), file.name)))


@cache
def _letters_of(file: Path) -> frozenset[int]:
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _with_breaks(text: str) -> Iterator[str]:
    run = 0
    for letter in text:
        run = 0 if letter.isspace() else run + 1
        if run > LONGEST_RUN and unicodedata.category(letter)[0] not in {"M", "C"}:
            yield BREAK
            run = 1
        yield letter
