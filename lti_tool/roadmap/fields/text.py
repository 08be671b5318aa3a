"""Texts: one line in meaning, several lines, or a person by name."""

from lti_tool.counting import count_characters
from lti_tool.errors import BadInput, TooLong
from lti_tool.plain_text import storable
from lti_tool.roadmap.fields.kind import Kind, RowsOfMap
from scorm_builder.course_format.planner import SectionField as Field

LARGEST = 4
"""Letters, marks and joiners for each character that the limit counts."""


class Text(Kind):
    """One line, shown in as many as it needs."""

    name = "text"
    template = "roadmap/fields/text.html"

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:  # noqa: ARG002
        """The text without what has no look, in one line."""
        return _bounded(" ".join(cleaned(value, field.limit).split("\n")), field)


class Long(Kind):
    """Several lines."""

    name = "long"
    template = "roadmap/fields/long.html"

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:  # noqa: ARG002
        """The text without what has no look."""
        return _bounded(cleaned(value, field.limit), field)


class Person(Text):
    """Somebody by name, offered from the team: parents and pupils are in no LMS."""

    name = "person"
    template = "roadmap/fields/person.html"
    is_brief = True
    icon = "person"


def cleaned(value: str, longest: int) -> str:
    """The text without what has no look, if it can be as long as that; raises TooLong, BadInput for half a sign."""
    # Before anything that takes longer for a longer text: the map waits meanwhile. Browsers may send two signs a line.
    if len(value) > 2 * LARGEST * longest:
        raise TooLong(f"{len(value)} characters")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadInput("half of a character") from None
    return storable(value)


def _bounded(value: str, field: Field) -> str:
    if len(value) > LARGEST * field.limit or count_characters(value) > field.limit:
        raise TooLong(f"{field.name}: {len(value)} characters")
    return value
