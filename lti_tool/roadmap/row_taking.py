"""A row is taken from a catalogue: a new one that begins as the entry says, or one that is there already."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.errors import BadInput
from lti_tool.roadmap.editing import find_stored, save_field
from lti_tool.roadmap.field_names import Named, Sections, fields_of_row, row_kind
from lti_tool.roadmap.progress import BLANKS
from lti_tool.roadmap.rows import add_row
from scorm_builder.course_format.planner import Section


@dataclass(frozen=True)
class RowTaking:
    """What somebody takes into a section of their map."""

    session: Session
    road_map_id: int
    actor_id: int
    sections: Sections
    section: Section
    taken: Mapping[str, str]
    """As `take_entry` of the course's room gives it (lti_tool/course/catalogue_entries.py)."""

    def into_new_row(self) -> int:
        """Add a row that begins with what was taken, and give its id. Raises TooManyRows, TooManyRemoved."""
        row_id = add_row(self.session, self.road_map_id, self.actor_id, row_kind(self.section).kind).id
        for named in fields_of_row(self.section, row_id):
            self._fill(named, version=0)
        return row_id

    def into_row(self, row_id: int, version: object) -> None:
        """Let a row follow what was taken: its choice is set, and whatever else of it is still empty is filled.

        `version` is that of the field that is chosen from the catalogue. Raises FieldStale, RowRemoved, NotFound.
        """
        fields = fields_of_row(self.section, row_id)
        chosen = next(named for named in fields if named.field.choices_from == row_kind(self.section).catalogue)
        self._save(chosen, self._value(chosen), version)
        for named in fields:
            stored = find_stored(self.session, self.road_map_id, named)
            if stored is None or not stored.value.strip(BLANKS):
                self._fill(named, stored.version if stored else 0)

    def _fill(self, named: Named, version: int) -> None:
        """Write what was taken; what the field does not take is left to the team."""
        value = self._value(named)
        if value:
            with suppress(BadInput):
                self._save(named, value, version)

    def _save(self, named: Named, value: str, version: object) -> None:
        where = (self.session, self.road_map_id, self.actor_id, self.sections)
        save_field(*where, named, value=value, version=version)

    def _value(self, named: Named) -> str:
        return self.taken.get(named.field.choices_from or named.field.starts_with or "", "")
