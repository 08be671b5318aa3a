"""What a kind of field is: how a value is checked, listed in files, put in order, drawn and shown."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Protocol

from scorm_builder.course_format.planner import SectionField as Field


class RowsOfMap(Protocol):
    """What a check may ask of the map that the field belongs to."""

    def row_ids(self, kind: str) -> Collection[str]:
        """The ids of the rows of this kind that stand in the map, as text."""


@dataclass(frozen=True)
class Period:
    """Some days with a name; a day is None where nobody has chosen it yet."""

    name: str
    begins: date | None
    ends: date | None


class Kind(ABC):
    """One kind of field. `check`, `export` and `sort_key` are its rules; its template draws and shows it.

    The template has two macros: `control(cell, value, attributes, choices)`, the thing to write in, and
    `shown(field, value, choices)`, the value in words. `choices` are the rows that the field may refer to, by kind,
    each as (id, title). What is special about it in the browser stands in `assets/_kinds.js`.
    """

    name: ClassVar[str]
    """What the course data call it."""
    template: ClassVar[str]
    """The file with its macros."""
    is_brief: ClassVar[bool] = False
    """Whether its values are short enough to stand in the line that sums up a row."""
    icon: ClassVar[str] = ""
    """What stands before the value there."""
    is_group: ClassVar[bool] = False
    """Whether it is written in by several controls, which its template draws as a group."""

    @abstractmethod
    def check(self, field: Field, value: str, rows: RowsOfMap) -> str:
        """The value as it is kept, never empty; raises BadInput or TooLong."""

    def export(self, field: Field, value: str, titles: Mapping[str, str]) -> str:  # noqa: ARG002
        """The value as files list it, in words; `titles` are those of rows, by id."""
        return value

    def sort_key(self, field: Field, value: str) -> str:  # noqa: ARG002
        """What values are put in order by."""
        return value.casefold()

    def compare(self, field: Field, one: str, other: str) -> int:
        """Below, at or above 0, as the first value comes before, with or after the second."""
        first, second = self.sort_key(field, one), self.sort_key(field, other)
        return (first > second) - (first < second)

    def day(self, value: str) -> date | None:  # noqa: ARG002
        """The day that the value names."""
        return None

    def references(self, value: str) -> tuple[int, ...]:  # noqa: ARG002
        """The ids of the rows that the value refers to."""
        return ()

    def referring_to(self, row_ids: Iterable[int]) -> str:
        """The value that refers to these rows."""
        return next((str(row_id) for row_id in row_ids), "")

    def periods(self, value: str) -> tuple[Period, ...]:  # noqa: ARG002
        """The periods that the value names."""
        return ()

    def join(self, sent: Sequence[str]) -> str:
        """The value that a form sent, by one control or by several of one name."""
        return sent[-1]
