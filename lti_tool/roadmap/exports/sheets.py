"""A plan on a single sheet as a PDF: a summary to hand out, and a poster for the wall."""

from typing import Any

from babel.dates import format_date

from lti_tool.roadmap.dated_rows import group_items
from lti_tool.roadmap.exports.glance import STATES, Bounds, Card, Glance, Shown, look_at, shorten
from lti_tool.roadmap.exports.pdf import Data, Pdf, Say
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.timeline import NAMES, WIDTH, Drawing, Mark, Unit, draw

ON_A4 = Bounds(groups=8, items=6, letters=220)
ON_A3 = Bounds(groups=6, items=8, letters=240)
MOST_MARKS = 40
"""Lines of the poster's timeline; a plan with more days has none, as nobody could read it."""
MOST_LETTERS = 34
"""Of a name in the timeline."""


class SummaryAsPdf(Pdf):
    """What matters most, on one page of A4."""

    name = "summary"

    def lay_out(self, plan: Plan, say: Say) -> Data:
        """The page."""
        return _glance(plan, say, look_at(plan, ON_A4), with_people=True)


class PosterAsPdf(Pdf):
    """What everybody may read in passing, on A3; names of people are left out."""

    name = "poster"

    def lay_out(self, plan: Plan, say: Say) -> Data:
        """The page with its timeline."""
        shown = _glance(plan, say, look_at(plan, ON_A3), with_people=False)
        return {**shown, "timeline": _timeline(plan, say)}


def _glance(plan: Plan, say: Say, glance: Glance, *, with_people: bool) -> dict[str, Any]:
    words = plan.words
    told = {"done": words.done_count, "open": words.open_count, "late": words.late_count}
    return {
        "school": say(plan.school),
        "kind": say(words.road_map),
        "lead": {"label": say(glance.lead_label), "text": say(glance.lead)},
        "heading": say(words.what_we_do),
        "cards": [_card(plan, say, card, with_people=with_people) for card in glance.cards],
        "more": say(words.and_more % {"number": glance.more}) if glance.more else "",
        "how_far": say(words.how_far),
        "counts": [{"state": state, "text": say(told[state] % {"number": glance.counts[state]})} for state in STATES],
    }


def _card(plan: Plan, say: Say, card: Card, *, with_people: bool) -> dict[str, Any]:
    return {
        "title": say(card.title),
        "text": say(card.text),
        "items": [_item(plan, say, shown, with_people=with_people) for shown in card.items],
        "more": say(plan.words.and_more % {"number": card.more}) if card.more else "",
    }


def _item(plan: Plan, say: Say, shown: Shown, *, with_people: bool) -> dict[str, str]:
    states = {"done": plan.words.done, "late": plan.words.late, "open": plan.words.open}
    about = [shown.days, *([shown.who] if with_people and shown.who else []), states.get(shown.state, "")]
    return {
        "title": say(shown.title),
        "about": say(" · ".join(filter(None, about))),
        "state": shown.state,
    }


def _timeline(plan: Plan, say: Say) -> dict[str, Any] | None:
    drawing = draw(group_items(plan.map, plan.today), plan.today)
    if drawing is None or len(drawing.marks) > MOST_MARKS:
        return None
    return {
        "title": say(plan.words.timeline),
        "alt": say(plan.words.timeline_as_picture),
        "width": WIDTH,
        "names": NAMES,
        "height": drawing.height,
        "today": drawing.today_x,
        "units": [_unit(plan, say, drawing, unit) for unit in drawing.units],
        "headings": [{"y": one.y, "text": say(shorten(one.group.title, 2 * MOST_LETTERS))} for one in drawing.headings],
        "marks": [_mark(plan, say, mark) for mark in drawing.marks],
    }


def _unit(plan: Plan, say: Say, drawing: Drawing, unit: Unit) -> dict[str, Any]:
    forms = {"month": "LLL", "quarter": "QQQ"}
    year = str(unit.begins.year)
    name = str(format_date(unit.begins, forms[drawing.scale], plan.language)) if drawing.scale in forms else year
    return {
        "x": unit.x,
        "width": unit.width,
        "gap": unit.is_gap,
        "text": say(name) if unit.named else "",
        "year": year if unit.new_year and drawing.scale in forms else "",
    }


def _mark(plan: Plan, say: Say, mark: Mark) -> dict[str, Any]:
    return {
        "x": mark.x,
        "from": mark.from_x,
        "y": mark.y,
        "shape": mark.shape,
        "state": mark.item.state,
        "text": say(shorten(plan.name_of_item(mark.item), MOST_LETTERS)),
    }
