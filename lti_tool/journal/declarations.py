"""What a writer says when handing in: what helped, and which points of the checklist are ticked. None is a bar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lti_tool.counting import count_characters
from lti_tool.errors import BadInput
from lti_tool.journal.errors import NoteTooLong
from lti_tool.journal.models import Help
from lti_tool.plain_text import in_lines

LONGEST_NOTE, LARGEST_NOTE = 2000, 4000
"""Characters as people count them, and at most with marks counted by themselves."""


@dataclass(frozen=True)
class Declaration:
    """What was said; nothing where the writer said nothing."""

    help_used: tuple[Help, ...] = ()
    note: str = ""
    unticked: tuple[str, ...] = ()
    """Points of the checklist, as they are worded."""


def read_declaration(
    checklist: Sequence[str], *, ticked: Collection[str], help_used: Collection[str], note: str
) -> Declaration:
    """What the form says; `ticked` holds places in the checklist, counted from 1.

    Who ticks both "nothing" and something was helped by that. Raises BadInput for help of an unknown kind, NoteTooLong.
    """
    try:
        chosen = {Help(one) for one in help_used}
    except ValueError:
        raise BadInput("help") from None
    note = in_lines(note)
    if count_characters(note) > LONGEST_NOTE or len(note) > LARGEST_NOTE:
        raise NoteTooLong("note on help")
    if len(chosen) > 1 or note:
        chosen.discard(Help.NONE)
    unticked = tuple(point for place, point in enumerate(checklist, 1) if str(place) not in ticked)
    return Declaration(tuple(one for one in Help if one in chosen), note, unticked)
