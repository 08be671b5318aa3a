"""Every format that a course can be built in; a new one is one file with `FORMATS`, and one name here."""

from scorm_builder.errors import UnknownFormat
from scorm_builder.exporters import cmi5, common_cartridge, scorm12, scorm2004, web
from scorm_builder.exporters.base import Format

FORMATS: dict[str, Format] = {
    chosen.name: chosen for module in (scorm12, scorm2004, cmi5, common_cartridge, web) for chosen in module.FORMATS
}


def formats_named(names: str, *, with_tool: bool) -> list[Format]:
    """The formats of some names with commas between, or `all` that can be built; raises UnknownFormat."""
    if names.strip() == "all":
        return [chosen for chosen in FORMATS.values() if with_tool or not chosen.needs_tool]
    return [_named(name.strip()) for name in names.split(",")]


def _named(name: str) -> Format:
    if name not in FORMATS:
        raise UnknownFormat(f"`{name}` is no format that the builder writes; it writes {', '.join(FORMATS)}.")
    return FORMATS[name]
