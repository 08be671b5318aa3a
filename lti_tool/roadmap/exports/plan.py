"""A map as files show it: with its school, in one of the course's languages, on one day."""

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from lti_tool.roadmap.dated_rows import Item
from lti_tool.roadmap.exports.words import Words, words_of
from lti_tool.roadmap.field_names import row_kind
from lti_tool.roadmap.reading import Cell, Map, Part, Row
from scorm_builder.course_format.planner import Section


@dataclass(frozen=True)
class Plan:
    """What an export is made from."""

    map: Map
    school: str
    """The team's name."""
    course: str
    """The course's identifier."""
    language: str
    """Of the course's words in the map."""
    today: date
    """The day on which it is taken along, and by which dates are overdue."""
    uid: str
    """What the map is called among all maps of all installations: `7@partnerwise.school.example`."""
    section: Section | None = None
    """The one section that was asked for, where the export is about one."""

    @property
    def words(self) -> Words:
        """The file's own words."""
        return words_of(self.language)

    @property
    def title(self) -> str:
        """What the file is called."""
        return self.words.of_school % {"school": self.school}

    @property
    def made_on(self) -> str:
        """As of when it is, in words."""
        return self.words.made_on % {"day": self.day(self.today)}

    def day(self, day: date) -> str:
        """A day as people write it."""
        return str(format_date(day, "d MMMM y", locale=self.language))

    def days(self, begins: date | None, ends: date | None) -> str:
        """One day or several, in words."""
        if ends is None:
            return self.words.no_day_yet
        if begins is None or begins == ends:
            return self.day(ends)
        return self.words.from_until % {"begins": self.day(begins), "ends": self.day(ends)}

    def told(self, cell: Cell) -> str:
        """A field's value in words; empty where nothing stands in it."""
        if not cell.filled:
            return ""
        periods = cell.kind.periods(cell.value)
        if periods:
            return "; ".join(f"{one.name} ({self.days(one.begins, one.ends)})" for one in periods)
        return self.day(cell.day) if cell.day else self.exported(cell)

    def exported(self, cell: Cell) -> str:
        """A field's value as lists for other programs have it: days as ISO 8601."""
        return cell.kind.export(cell.field, cell.value, dict(self._titles(cell)))

    def name_of(self, row: Row, part: Part) -> str:
        """What a row is called, also where nobody has named it yet."""
        singular = row_kind(part.section).singular
        return row.title or capitalized(self.words.without_name % {"what": singular})

    def name_of_item(self, item: Item) -> str:
        """What something with a day is called, also where nobody has named it yet."""
        return item.title or (self.name_of(item.row, self.map.part(item.section)) if item.row else "")

    def people_of(self, item: Item) -> list[str]:
        """Who something with a day is for, in the order of its fields."""
        cells = item.row.cells if item.row else ()
        return [self.told(cell) for cell in cells if cell.field.kind == "person" and cell.filled]

    def _titles(self, cell: Cell) -> tuple[tuple[str, str], ...]:
        return tuple(choice for kind in cell.field.refers_to for choice in self.map.choices_of(kind))


def capitalized(words: str) -> str:
    """The words as a heading begins."""
    return words[:1].upper() + words[1:]


def rows_to_show(part: Part) -> list[Row]:
    """The rows in which something stands."""
    return [row for row in part.rows if not row.empty]
