"""Why a value was not taken that something else in the map does not allow, in words that name what it is."""

from datetime import date

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from lti_tool.roadmap.errors import AgainstOthers, DateOutOfOrder, DependencyCircle, PeriodEndsFirst

MOST_NAMED, MOST_LETTERS = 6, 80
"""Rows of a circle that are named, and letters of each."""


def reason_of(refusal: AgainstOthers) -> str:
    """The reason as it stands beside the field."""
    if isinstance(refusal, DateOutOfOrder):
        return _order(refusal)
    if isinstance(refusal, DependencyCircle):
        return _circle(refusal.titles)
    if isinstance(refusal, PeriodEndsFirst):
        return str(_("“%(what)s” ends before it begins. Change one of its two days.", what=_shortened(refusal.name)))
    raise TypeError(type(refusal).__name__)


def _order(refusal: DateOutOfOrder) -> str:
    named = {"other": refusal.label, "day": format_date(date.fromisoformat(refusal.day), "d MMMM y")}
    if refusal.is_too_early:
        return str(_("This is before “%(other)s” (%(day)s). Choose a later day, or change that one.", **named))
    return str(_("This is after “%(other)s” (%(day)s). Choose an earlier day, or change that one.", **named))


def _circle(titles: tuple[str, ...]) -> str:
    names = [_shortened(title) for title in titles]
    if len(names) == 1:
        return str(_("“%(what)s” cannot wait for itself.", what=names[0]))
    steps = [
        _("“%(one)s” waits for “%(other)s”", one=one, other=other)
        for one, other in zip(names, [*names[1:], names[0]], strict=True)
    ]
    if len(steps) > MOST_NAMED:
        left_out = len(steps) - MOST_NAMED
        steps[MOST_NAMED - 1 : -1] = [ngettext("and so on for one more", "and so on for %(num)d more", left_out)]
    told = _("This would go round in a circle: %(steps)s.", steps=", ".join(steps))
    return f"{told} {_('None of them could ever begin, so it was not saved. Take one of them out of a list.')}"


def _shortened(title: str) -> str:
    name = title or _("Without a name")
    return name if len(name) <= MOST_LETTERS else f"{name[:MOST_LETTERS].rstrip()}…"
