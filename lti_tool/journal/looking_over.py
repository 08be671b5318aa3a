"""Looking over a piece before it is handed in: its length, and what in it may say who somebody is."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.journal.html_cleaning import count_words, plain_text
from lti_tool.journal.models import Entry
from lti_tool.journal.personal_data import Finding, find_personal_data
from lti_tool.people.teams import members_of, team_of
from scorm_builder.course_format.journal import Prompt


@dataclass(frozen=True)
class LookedOver:
    """What is said of a piece before it is handed in."""

    words: int
    is_short: bool
    is_long: bool
    findings: list[Finding]


def look_over(session: Session, entry: Entry, prompt: Prompt) -> LookedOver:
    """Length and likely personal data of the text as it stands; the names of the writer's school team are known."""
    words, wished = count_words(entry.text), prompt.words
    return LookedOver(
        words=words,
        is_short=bool(wished and words < wished.min),
        is_long=bool(wished and wished.max and words > wished.max),
        findings=find_personal_data(plain_text(entry.text), _names_around(session, entry)),
    )


def _names_around(session: Session, entry: Entry) -> list[str]:
    """Whose names the writer may have written without a thought; their own stands with the piece anyway."""
    team = team_of(session, entry.context_id, entry.user_id)
    members = members_of(session, team) if team else []
    return [one.name for one in members if one.id != entry.user_id]
