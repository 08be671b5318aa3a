"""The kinds of activity: what each opens and for whom, what the picker offers of it, and the tabs of the navigation.

An activity is named `<kind>/<identifier>`, such as `journal/j3`, or by its kind alone, such as `roadmap`. Each room has
its kinds in `views/activity_kinds.py`, and `app.py` lists them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.errors import NotAllowed, NotFound
from lti_tool.people.models import STAFF, Role
from lti_tool.platforms.models import Launch

Page = tuple[str, Mapping[str, Any]]
"""A Flask endpoint, and the values of its address; `launch_id` is added where it is needed."""
TIMES = ("opens", "due", "closes")
"""The times that an activity can have, in their order."""
LONGEST_TEXT = 400
"""Characters of the text that goes with a link."""
NOT_SHOWN: Page = ("not_shown.not_shown", {})
"""The page that says why the activity is not shown to this person."""


@dataclass(frozen=True)
class Offer:
    """One activity that the picker offers."""

    activity: str
    title: str
    text: str
    """What trainees read beside the link, plain."""
    about: str = ""
    """What the trainer is told of it, short."""
    unit: str = ""
    """The unit that it belongs to, where it belongs to one."""
    points: float | None = None
    """The highest score that it has by itself."""
    whole: int = 0
    """The sum of the rubric that it is judged by."""
    gradable: bool = False
    """Whether it can have a column in the gradebook."""
    pieces: bool = False
    """Whether people hand in pieces that a trainer can look at."""
    times: tuple[str, ...] = ()
    """Which of its times can be set, of `TIMES`."""
    written: bool = False
    """Whether a trainer wrote it for this course."""
    language: str = ""
    """The language of title and text, where they are the course's words and not the tool's or a trainer's."""

    @property
    def kind(self) -> str:
        """Its kind, which its picture is named after."""
        return kind_of(self.activity)


class ActivityKind:
    """One kind of activity. The identifier is "" where the activity is named by its kind alone."""

    name: str
    """The first part of its activities' names."""
    for_observers = True
    """Whether somebody without a role in the course may open it."""
    trainers_only: Any = ""
    """Why trainees may not open it, as a lazy text; empty where they may."""

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The page that a launch of the activity shows; raises NotFound for one that the course does not have."""
        raise NotImplementedError

    def opens_for_review(self, session: Session, launch: Launch, identifier: str, user_id: int) -> Page:
        """The page with one person's work, for a trainer (Submission Review 1.0)."""
        return self.opens(session, launch, identifier)

    def opens_column(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The page with everybody's work, for a trainer who opened the gradebook's column."""
        return self.opens(session, launch, identifier)

    def page(self, identifier: str) -> Page | None:
        """The page that has the activity's own name as its title; None where no page has."""
        return None

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """What the picker offers of this kind in one course; `is_known`: whether the platform has named the course."""
        return ()


@dataclass(frozen=True)
class Tab:
    """A place in the navigation."""

    room: str
    """The blueprint whose pages belong to it."""
    endpoint: str
    label: Any
    """A lazy text."""
    shown: Callable[[Any], bool]
    """Whether this visit (`web.session.Visit`) sees it."""


@dataclass(frozen=True)
class Activities:
    """All kinds of activity and all tabs, in the order in which people see them."""

    kinds: tuple[ActivityKind, ...]
    tabs: tuple[Tab, ...]

    def page_of(self, session: Session, launch: Launch, *, is_review: bool) -> Page:
        """The page that a launch shows; `is_review`: it came from the gradebook.

        Raises NotFound for an activity that does not exist, NotAllowed for another person's work.
        """
        kind, identifier = self.find(launch.activity)
        judges = launch.role in STAFF
        if launch.about_user_id is not None:
            if judges:
                return kind.opens_for_review(session, launch, identifier, launch.about_user_id)
            if launch.user_id != launch.about_user_id:
                raise NotAllowed("another person's work")
        elif is_review and judges:
            return kind.opens_column(session, launch, identifier)
        if not _is_for(kind, launch.role):
            return NOT_SHOWN
        return kind.opens(session, launch, identifier)

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> list[Offer]:
        """What the picker offers in one course, by kind."""
        return [offer for kind in self.kinds for offer in kind.offers(session, context_id, is_known=is_known)]

    def is_page_of(self, activity: str, endpoint: str | None, values: Mapping[str, Any]) -> bool:
        """Whether this page has the activity's own name as its title, which the LMS shows above its frame."""
        try:
            kind, identifier = self.find(activity)
        except NotFound:
            return False
        return kind.page(identifier) == (endpoint, values)

    def find(self, activity: str) -> tuple[ActivityKind, str]:
        """The kind of this activity, and its identifier; raises NotFound for an unknown kind."""
        name, _, identifier = activity.partition("/")
        for kind in self.kinds:
            if kind.name == name:
                return kind, identifier
        raise NotFound("activity")


def short_text(text: str) -> str:
    """A text in one line, cut at a word where it is too long to go with a link."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + "…"


def kind_of(activity: str) -> str:
    """The kind in an activity's name."""
    return activity.partition("/")[0]


def _is_for(kind: ActivityKind, role: Role) -> bool:
    return {Role.OBSERVER: kind.for_observers, Role.TRAINEE: not kind.trainers_only}.get(role, True)
