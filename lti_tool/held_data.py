"""What each room holds about people and courses: which rows are whose, and what becomes of them at an erasure.

Each room declares its own in `held_data.py`, and `lti_tool/privacy/` lists them all: what an export shows, what an
erasure takes and what goes with a course follows from these lines. A test fails for a table that none of them names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from lti_tool.database import Base

Path = tuple[InstrumentedAttribute[Any], ...]
"""From a row to a person or a course: each column refers to the table of the next, the last one to the person or course
itself. `(Revision.entry_id, Entry.user_id)`."""
Say = Callable[[str], str]
"""Gives a text that was marked by `N_` in the reader's language."""


class Fate(StrEnum):
    """What becomes of rows when their person is erased."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    """It stays as nobody's, for what is kept to refer to."""
    KEPT = "kept"
    """They are others' as well: they stay, and name nobody any more."""


@dataclass(frozen=True)
class Scope:
    """Whose rows, and of which course; of all courses, or of all people, where one is left out."""

    person_id: int | None = None
    context_id: int | None = None


@dataclass(frozen=True)
class Held:
    """Rows of one table."""

    table: type[Base]
    person: Path = ()
    """To whom they belong; empty where they are nobody's."""
    context: Path = ()
    """Of which course they are; empty where they are of none. With a course all of its rows go, whatever the fate."""
    fate: Fate = Fate.DELETED
    what: str = ""
    """What people call them, marked by `N_`; empty for rows that only hold others together."""
    is_told: bool = True
    """Whether an export shows them."""
    hidden: frozenset[str] = frozenset()
    """Columns that no export shows: secrets, marks of our own, other people's words."""

    def where(self, scope: Scope) -> ColumnElement[bool]:
        """Which rows these are; none of the scope's sides may be wanted that they do not have."""
        sides = ((self.person, scope.person_id), (self.context, scope.context_id))
        found: ColumnElement[bool] = true()
        for path, wanted in sides:
            if wanted is not None:
                found &= _leads_to(path, wanted)
        return found

    def has(self, scope: Scope) -> bool:
        """Whether such rows can be in the scope at all."""
        return bool(self.person or scope.person_id is None) and bool(self.context or scope.context_id is None)

    @property
    def stored(self) -> Table:
        """The table as statements name it."""
        return cast("Table", self.table.__table__)

    @property
    def name(self) -> str:
        """What an export calls them."""
        table = self.table.__tablename__
        return f"{table}-by-{self.person[0].key}" if self.fate is Fate.KEPT else table


@dataclass(frozen=True)
class Document:
    """Something of a person's that is better read than listed."""

    name: str
    """Its path in an export."""
    content: bytes


@dataclass(frozen=True)
class KeptFile:
    """A file of a person's, which lies in the store."""

    name: str
    """Its path in an export."""
    key: str
    """Its name in the store."""


@dataclass(frozen=True)
class HeldData:
    """All that one room holds."""

    room: str
    rows: tuple[Held, ...] = ()
    loose: Path = ()
    """Columns that forget what they refer to when that goes with its course: where something was copied from."""
    documents: Callable[[Session, int, Say], Iterator[Document]] | None = None
    """What of one person's, by id, is given out to be read."""
    files: Callable[[Session, int], Iterator[KeptFile]] | None = None
    """The files of one person."""


def _leads_to(path: Path, wanted: int) -> ColumnElement[bool]:
    *hops, last = path
    found: ColumnElement[bool] = last == wanted
    for hop in reversed(hops):
        (key,) = hop.property.columns[0].foreign_keys
        found = hop.in_(select(key.column).where(found))
    return found
