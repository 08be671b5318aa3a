"""Takes single values out of a token's claims, as strictly as each deserves (LTI 1.3 Core, 5.3 and 5.4).

Identifiers and addresses are strict: they lead to rows and receive bearer tokens. Texts that are only shown
(names, titles) are lenient: what is not text counts as absent, so that nobody is kept out by an odd name.
"""

import unicodedata
from collections.abc import Mapping
from urllib.parse import urlsplit

from lti_tool.lti.errors import ClaimMalformed, ClaimMissing

Claims = Mapping[str, object]

ID_LIMIT = 255
URL_LIMIT = 2048
TEXT_LIMIT = 255
LONG_TEXT_LIMIT = 4000


def label(name: str) -> str:
    """The claim's short name for a message: the last part of its address."""
    return name.rpartition("/")[2]


def required_id(claims: Claims, name: str) -> str:
    """An identifier that must be there: 1 to 255 printable ASCII characters."""
    value = optional_id(claims, name)
    if value is None:
        raise ClaimMissing(label(name))
    return value


def optional_id(claims: Claims, name: str) -> str | None:
    """An identifier, or None where it is absent, null or empty."""
    value = claims.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > ID_LIMIT or not (value.isascii() and value.isprintable()):
        raise ClaimMalformed(label(name))
    return value


def usable_id(claims: Claims, name: str) -> str | None:
    """An identifier that nothing hangs on: like optional_id, but what is none counts as absent."""
    try:
        return optional_id(claims, name)
    except ClaimMalformed:
        return None


def optional_url(claims: Claims, name: str) -> str | None:
    """An absolute http or https address, or None where it is absent, null or empty."""
    value = claims.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > URL_LIMIT or not _is_web_address(value):
        raise ClaimMalformed(label(name))
    return value


def usable_url(claims: Claims, name: str) -> str | None:
    """An address to offer as a link: like optional_url, but what is no web address counts as absent."""
    try:
        return optional_url(claims, name)
    except ClaimMalformed:
        return None


def _is_web_address(value: str) -> bool:
    if not value.isprintable() or " " in value or "\\" in value:
        return False
    try:
        address = urlsplit(value)
        return address.scheme in {"http", "https"} and bool(address.hostname) and "@" not in address.netloc
    except ValueError:
        return False


def optional_object(claims: Claims, name: str) -> Claims | None:
    """A claim that is itself a JSON object, or None where it is absent, null or empty.

    Platforms written in PHP send an empty object as an empty list.
    """
    value = claims.get(name)
    if value is None or value in ([], {}):
        return None
    if not isinstance(value, dict):
        raise ClaimMalformed(label(name))
    return value


def usable_object(claims: Claims, name: str) -> Claims:
    """Like optional_object, but what is no object counts as absent; an empty one where it is."""
    try:
        return optional_object(claims, name) or {}
    except ClaimMalformed:
        return {}


def required_strings(claims: Claims, name: str) -> tuple[str, ...]:
    """A list of strings that must be there and may be empty."""
    if claims.get(name) is None:
        raise ClaimMissing(label(name))
    return optional_strings(claims, name)


def optional_strings(claims: Claims, name: str) -> tuple[str, ...]:
    """A list of strings; empty where it is absent or null."""
    value = claims.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ClaimMalformed(label(name))
    return tuple(clean(item) for item in value)


def usable_strings(claims: Claims, name: str) -> tuple[str, ...]:
    """Like optional_strings, but what is no list of strings counts as absent."""
    try:
        return optional_strings(claims, name)
    except ClaimMalformed:
        return ()


def optional_text(claims: Claims, name: str, limit: int = TEXT_LIMIT) -> str | None:
    """A text to show, cleaned and cut to ``limit`` characters; None where there is nothing to show."""
    value = claims.get(name)
    if not isinstance(value, str):
        return None
    return clean(value).strip()[:limit].strip() or None


def clean(value: str) -> str:
    """The text without what no database stores and no page shows: control characters and halves of
    surrogate pairs.
    """
    if value.isprintable():
        return value
    return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
