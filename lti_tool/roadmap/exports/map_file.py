"""A whole map as JSON: everything that stands in it, to be kept, read by other programs, and put into a map again.

Sections and fields have the names of the course data, values are as the map keeps them: days as ISO 8601, choices by
their identifier, references by the `id` of the rows in this file. `example` names the fields that the course's worked
example still fills.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import from_json

from lti_tool.roadmap.errors import MapFileNewer, MapFileOfOtherCourse, NoMapFile
from lti_tool.roadmap.exports.export import Export
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.field_names import row_kind
from lti_tool.roadmap.reading import Cell, Part, Row

FORMAT = "partnerwise-road-map"
VERSION = 1
"""Rises when older versions could not read a file any more."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Fields(_Strict):
    """Texts by field; what is empty is left out."""

    fields: dict[str, str] = {}
    example: list[str] = []


class FileRow(Fields):
    """A row of a list."""

    id: str
    """By which other rows of this file refer to it."""


class FileSection(Fields):
    """A section: fields of its own, or rows."""

    rows: list[FileRow] = []


class MapFile(_Strict):
    """The whole file."""

    format: str
    version: int
    course: str
    """The identifier of the course whose sections these are."""
    language: str
    """In which language of the course it was saved; nothing in the file depends on it."""
    school: str
    saved_on: str
    """The day, as ISO 8601."""
    sections: dict[str, FileSection]


class MapAsJson(Export):
    """Everything, for Partnerwise and for other programs."""

    name = "everything"
    media_type = "application/json"
    extension = "json"
    has_language = False

    def make(self, plan: Plan) -> bytes:
        """The file, in UTF-8."""
        ids = {str(row.id): _id_of(row, part) for part in plan.map.parts for row in part.rows}
        file = MapFile(
            format=FORMAT,
            version=VERSION,
            course=plan.course,
            language=plan.language,
            school=plan.school,
            saved_on=plan.today.isoformat(),
            sections={part.section.id: _section(part, ids) for part in plan.map.parts},
        )
        return (file.model_dump_json(indent=2, exclude_defaults=True) + "\n").encode()


def read_map_file(content: bytes, course: str) -> MapFile:
    """The file, if it is one of ours and of this course. Raises NoMapFile, MapFileNewer, MapFileOfOtherCourse."""
    try:
        found: Any = from_json(content.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError:
        raise NoMapFile("not JSON") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NoMapFile("another format")
    version = found.get("version")
    if isinstance(version, int) and version > VERSION:
        raise MapFileNewer("version")
    if version is True or version != VERSION:
        raise NoMapFile("another version")
    if found.get("course") != course:
        raise MapFileOfOtherCourse("course")
    try:
        return MapFile.model_validate(found)
    except ValidationError:
        raise NoMapFile("another form") from None


def _id_of(row: Row, part: Part) -> str:
    return f"{row_kind(part.section).kind}-{row.id}"


def _section(part: Part, ids: dict[str, str]) -> FileSection:
    rows = [FileRow(id=_id_of(row, part), **_fields(row.cells, ids)) for row in part.rows]
    return FileSection(rows=rows, **_fields(part.cells, ids))


def _fields(cells: tuple[Cell, ...], ids: dict[str, str]) -> dict[str, Any]:
    values = {cell.field.name: _value(cell, ids) for cell in cells}
    return {
        "fields": {name: value for name, value in values.items() if value},
        "example": [cell.field.name for cell in cells if cell.marked],
    }


def _value(cell: Cell, ids: dict[str, str]) -> str:
    """What stands in the field; of rows to which it refers those that were not taken out, with a space between two."""
    if not cell.field.refers_to:
        return cell.value
    return " ".join(ids[str(row_id)] for row_id in cell.refers_to if str(row_id) in ids)
