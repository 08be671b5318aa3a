"""What a way of taking a map along is: its name, its media type, and how its file is made."""

from abc import ABC, abstractmethod
from typing import ClassVar

from lti_tool.roadmap.exports.plan import Plan
from scorm_builder.course_format.planner import Section


class Export(ABC):
    """One way. A new one is a module here, one line in the list, and its words in `views/exports.py`."""

    name: ClassVar[str]
    """What addresses call it."""
    media_type: ClassVar[str]
    """Of the file."""
    extension: ClassVar[str]
    """Of the file's name, without the dot."""
    has_language: ClassVar[bool] = True
    """Whether the file is in a language; else all of them have the same."""

    @abstractmethod
    def make(self, plan: Plan) -> bytes:
        """The file. Takes no session: it is called outside any transaction. Raises what `errors.py` says."""

    def about_one(self, section: Section) -> bool:  # noqa: ARG002
        """Whether there is a file about this section alone; where there is for any, there is none of the whole map."""
        return False
