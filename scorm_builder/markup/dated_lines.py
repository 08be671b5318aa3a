"""A line that begins with a date is no item of a list, though Markdown takes `1821. It began` for one."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError

_MARKER = re.compile(r"(\d{1,9})[.)][ \t]+(?=\S)")
_BEFORE = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+|>[ \t]*)?")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_NUMERIC = re.compile(r"(?:0?[1-9]|1[0-2])[.)]\s*\d{4}\b")
_WORD = re.compile(r"([^\W\d_]+)(\.?)(?:,?\s+(\d{4})\b)?")
_YEARS = range(1000, 3000)
_WIDTHS = ("wide", "abbreviated")


def without_dated_lists(text: str, language: str) -> str:
    """Markdown in which no date begins a list, with the months of its language; fenced blocks stay as they are."""
    if not _MARKER.search(text):
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
        lines.append(line if fence else _escaped(line, language))
    return "\n".join(lines)


def _escaped(line: str, language: str) -> str:
    """A line with a backslash before the full stop where it, or what stands in its item or quotation, is a date."""
    start = len(line) - len(line.lstrip())
    while start < len(line):
        marker = _MARKER.match(line, start)
        if marker and _is_date(marker[1], line[marker.end() :], language):
            return f"{line[: marker.end(1)]}\\{line[marker.end(1) :]}"
        step = _BEFORE.match(line, start)
        if not step or step.end() == start:
            return line
        start = step.end()
    return line


def _is_date(number: str, rest: str, language: str) -> bool:
    """A year; or a day before a month's number with a year, or before a month's name.

    Where a day has no full stop (“1 May”), only a year makes a month of a word that may be another.
    """
    if int(number) in _YEARS:
        return True
    if not 1 <= int(number) <= 31:
        return False
    if _NUMERIC.match(rest):
        return True
    word = _WORD.match(rest)
    if not word:
        return False
    names = _months(language)
    return names.get(word[1].casefold(), False) or (word[1].casefold() in names and bool(word[3]))


@cache
def _months(language: str) -> dict[str, bool]:
    """The names of a language's months, each with whether a day before it has a full stop (Unicode CLDR)."""
    try:
        locale = Locale(language)
    except (UnknownLocaleError, ValueError):
        return {}
    dotted = "d." in str(locale.date_formats["long"].pattern)
    listed = [locale.months[context][width] for context in ("format", "stand-alone") for width in _WIDTHS]
    return {name.rstrip(".").casefold(): dotted for names in listed for name in names.values()}
