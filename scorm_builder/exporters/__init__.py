"""Every format that a course can be built in; a new one is one file with a `FORMAT`, and one name here."""

from scorm_builder.errors import UnknownFormat
from scorm_builder.exporters import scorm12, web
from scorm_builder.exporters.base import Format

FORMATS: dict[str, Format] = {module.FORMAT.name: module.FORMAT for module in (scorm12, web)}


def format_named(name: str) -> Format:
    """The format of that name; raises UnknownFormat."""
    if name not in FORMATS:
        raise UnknownFormat(f"`{name}` is no format that the builder writes; it writes {', '.join(FORMATS)}.")
    return FORMATS[name]
