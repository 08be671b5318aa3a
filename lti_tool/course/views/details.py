"""The form in which each picked activity gets its name, points and times: filled in, and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from lti_tool.activities import TIMES, Offer
from lti_tool.course.errors import DatesOutOfOrder
from lti_tool.course.models import PlacedActivity
from lti_tool.course.placed_activities import LONGEST_TITLE, MOST_POINTS, Placing, check_placing
from lti_tool.course.views.shared import read_moment, read_number
from lti_tool.errors import BadInput, TooLong
from lti_tool.plain_text import in_one_line

LABELS = {
    "opens": lazy_gettext("Opens"),
    "due": lazy_gettext("Due"),
    "closes": lazy_gettext("Closes"),
}
DUE_ALONE = lazy_gettext("Trainees see it. Nothing closes by it.")
"""For what is not handed in."""
HELPS = {
    "opens": lazy_gettext("Before this, trainees see only when it begins."),
    "due": lazy_gettext("Trainees see it. Pieces that come later are taken and marked as late."),
    "closes": lazy_gettext("After this nothing can be handed in. What they have written stays theirs."),
}


@dataclass
class Line:
    """One activity in the form: what its fields hold, and what is wrong with them."""

    number: int
    offer: Offer
    values: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def help_for(self, name: str) -> str:
        """What is said of one of its times."""
        return str(DUE_ALONE if name == "due" and not self.offer.pieces else HELPS[name])

    @property
    def placing(self) -> Placing:
        """What the fields say; raises BadInput, whose field is then told in `errors`."""
        title = in_one_line(self.values["title"])
        # Its own name is left to the course, which may say it in another language.
        title = "" if title == self.offer.title else title
        times = {f"{name}_at": self._moment(name) for name in self.offer.times}
        points = self._points() if self.offer.gradable else None
        return Placing(self.offer.activity, title, points, **times)

    def check(self) -> Placing | None:
        """What the fields say, or nothing and the reason in `errors`."""
        try:
            wanted = self.placing
            check_placing(wanted)
        except DatesOutOfOrder:
            self.errors["due"] = _("The times must follow each other: opens, due, closes.")
        except TooLong:
            self.errors["title"] = _("At most %(limit)d characters, please.", limit=LONGEST_TITLE)
        except BadInput:
            if not self.errors:
                self.errors["points"] = _("A number above 0 and up to %(most)d, or nothing.", most=MOST_POINTS)
        else:
            return wanted
        return None

    def _moment(self, name: str) -> datetime | None:
        try:
            return read_moment(self.values[name])
        except BadInput:
            self.errors[name] = _("Write a date and a time, or leave it empty.")
            raise

    def _points(self) -> float | None:
        return read_number(self.values["points"])


def first_line(number: int, offer: Offer, placed: PlacedActivity | None) -> Line:
    """The form as it is first shown: as it was placed before, or as the course has it."""
    points = placed.points if placed else offer.points
    values = {
        "title": (placed.title if placed else "") or offer.title,
        "points": f"{points:g}" if points else "",
        **{name: _in_field(getattr(placed, f"{name}_at") if placed else None) for name in TIMES},
    }
    return Line(number, offer, values)


def typed_line(number: int, offer: Offer, form: Mapping[str, str]) -> Line:
    """The form as somebody has filled it in."""
    return Line(number, offer, {name: form.get(f"{name}-{number}", "") for name in ("title", "points", *TIMES)})


def _in_field(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M") if moment else ""
