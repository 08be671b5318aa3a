"""What all activities share: an identifier, an objective, and whether they count (course format, activities)."""

from typing import Literal

from scorm_builder.course_format.parts import LowerCaseId, Part, Words


class Declared(Part):
    """Any activity."""

    id: LowerCaseId
    objective: Words
    counts: bool = False


class Uncounted(Declared):
    """An activity without right and wrong."""

    counts: Literal[False] = False
