"""What a view of a section is: which sections it can show, and the template that draws it."""

from abc import ABC, abstractmethod
from typing import ClassVar

from scorm_builder.course_format.planner import Section


class SectionView(ABC):
    """One way to show a section.

    Its template has three macros: `write(part)`, the section to be written in, and `read(part)`, the section on the
    page with the whole map, both imported with what the page sees; and `how_far(section, progress)`, a few words,
    which sees its arguments alone.
    """

    name: ClassVar[str]
    """What the course data call it."""
    template: ClassVar[str]
    """The file with its macros."""
    picture: ClassVar[str] = ""
    """A file that draws a picture of the `part` below what is written; open pages draw it anew after each change."""

    @abstractmethod
    def can_show(self, section: Section) -> bool:
        """Whether a section has what this view shows."""
