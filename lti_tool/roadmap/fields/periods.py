"""Periods with a name: the holidays of a school."""

from collections.abc import Mapping, Sequence

from lti_tool.counting import count_characters
from lti_tool.errors import BadInput, TooLong
from lti_tool.roadmap.errors import PeriodEndsFirst
from lti_tool.roadmap.fields.date import Date
from lti_tool.roadmap.fields.kind import Kind, Period, RowsOfMap
from lti_tool.roadmap.fields.text import LARGEST, cleaned
from scorm_builder.course_format.planner import SectionField as Field

MOST_PERIODS, LONGEST_NAME = 40, 80
LONGEST_LINE = len("2026-11-28 2026-11-29 ") + LONGEST_NAME
NO_DAY = "-"


class Periods(Kind):
    """Each period is a line: its first day, its last day and its name; `-` is a day that nobody has chosen yet."""

    name = "periods"
    template = "roadmap/fields/periods.html"
    is_group = True

    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:
        """The lines without empty ones; raises PeriodEndsFirst too."""
        lines = [line for line in cleaned(value, MOST_PERIODS * LONGEST_LINE).split("\n") if line.strip()]
        if len(lines) > MOST_PERIODS:
            raise TooLong(f"{len(lines)} periods")
        return "\n".join(_checked(field, line, rows) for line in lines)

    def export(self, field: Field, value: str, titles: Mapping[str, str]) -> str:  # noqa: ARG002
        """Each with its days as ISO 8601 writes them."""
        return "; ".join(f"{one.name} ({one.begins or '?'} – {one.ends or '?'})" for one in self.periods(value))

    def periods(self, value: str) -> tuple[Period, ...]:
        """The periods in the order in which they were written; what is no day, in something refused, is left out."""
        return tuple(_read(line) for line in value.split("\n") if len(line.split()) > 1)

    def join(self, sent: Sequence[str]) -> str:
        """Name, first and last day of each, as they follow one another in the form."""
        whole = (one for one in zip(sent[::3], sent[1::3], sent[2::3], strict=False) if any(map(str.strip, one)))
        return "\n".join(
            f"{begins or NO_DAY} {ends or NO_DAY} {' '.join(name.split())}" for name, begins, ends in whole
        )


def _checked(field: Field, line: str, rows: RowsOfMap) -> str:
    begins, ends, name = _parts(line)
    for day in (begins, ends):
        if day != NO_DAY:
            Date().check(field, day, rows)
    if NO_DAY not in {begins, ends} and ends < begins:
        raise PeriodEndsFirst(name)
    if count_characters(name) > LONGEST_NAME or len(name) > LARGEST * LONGEST_NAME:
        raise TooLong(f"{len(name)} characters of a period's name")
    return f"{begins} {ends} {name}".rstrip()


def _parts(line: str) -> tuple[str, str, str]:
    begins, *more = line.split()
    if not more:
        raise BadInput("no period")
    return begins, more[0], " ".join(more[1:])


def _read(line: str) -> Period:
    begins, ends, name = _parts(line)
    return Period(name, Date().day(begins), Date().day(ends))
