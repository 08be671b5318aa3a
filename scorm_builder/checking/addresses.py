"""Which file of a package an address in its description means (IMS Content Packaging 1.1.4, 4.8; XML Base)."""

import posixpath
import unicodedata
from collections.abc import Collection
from functools import reduce
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree

_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def file_meant(element: etree._Element, address: str) -> str | None:
    """The file, with `xml:base` of everything around, without query and fragment; None for one on the web."""
    bases = [str(above.get(_BASE, "")) for above in (*reversed(list(element.iterancestors())), element)]
    try:
        whole = reduce(urljoin, [*bases, address.strip()], "")
        parts = urlsplit(urldefrag(whole).url)
    except ValueError:
        return address
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    return posixpath.normpath(path) if path else ""


def near_miss(name: str, names: Collection[str]) -> str:
    """What the package has instead of a file that it lacks, as the rest of a sentence; empty where it has nothing."""
    if (slashed := name.replace("\\", "/")) != name and slashed in names:
        return f" It has {slashed}: write `/` between folders."
    if (encoded := next((one for one in names if one != name and unquote(one) == name), None)) is not None:
        return f" It has {encoded}: the name in the zip is percent-encoded, and no LMS looks for it so."
    put = unicodedata.normalize("NFC", name)
    for one in names:
        if unicodedata.normalize("NFC", one) == put:
            return " It has that name with letters put together in another way (Unicode NFC and NFD): use one of them."
        if unicodedata.normalize("NFC", one).casefold() == put.casefold():
            return f" It has {one}: most servers tell capitals from small letters."
    return ""
