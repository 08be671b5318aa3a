"""Every kind of activity in each of the trackers: answered, reported as its kind wants, and there at the next visit."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Frame, Page

from scorm_builder.course.activities import KINDS
from tests.scorm_builder.cmi5_playing import launch, leave
from tests.scorm_builder.lrs import Lrs, running
from tests.scorm_builder.playing import (
    SCORM12,
    SCORM2004,
    Edition,
    activity,
    breaches,
    choose,
    open_unit,
    saved,
    sets,
    turn_to,
)
from tests.scorm_builder.rich_units import M1U1
from tests.scorm_builder.site import Site, serving
from tests.scorm_builder.small_course import UNIT

pytestmark = pytest.mark.journey
Reported = dict[str, tuple[str, str, str]]
"""By activity: type, response with plain separators, right, wrong or neutral."""
RESULTS = {"correct": "right", "incorrect": "wrong"}
FILLED_IN = """() => Object.fromEntries([...document.querySelectorAll('[data-activity]')].map(one => [
  one.dataset.activity,
  JSON.stringify([
    [...one.querySelectorAll('input[type=radio], input[type=checkbox]')].map(input => input.checked),
    [...one.querySelectorAll('select, textarea, input[type=text]')].map(field => field.value),
    [...one.querySelectorAll('[data-item]')].map(line => line.dataset.item),
    [...one.querySelectorAll('[data-turned=true]')].map(button => button.dataset.turn),
    [one.dataset.path, one.querySelector('[data-outcome]')?.dataset.outcome],
  ]),
]))"""
SMALL = {
    "one": ("choice", "a", "right"),
    "some": ("choice", "a,c", "wrong"),
    "pairs": ("matching", "a.a,b.b", "right"),
    "order": ("sequencing", "a,b,c", "right"),
    "before.s1": ("likert", "a", "neutral"),
    "before.s2": ("likert", "c", "neutral"),
    "values.v1": ("likert", "b", "neutral"),
    "words": ("fill-in", "Ευχαριστώ; 100 %", "neutral"),
}
RICH = {
    "word": ("fill-in", "audit", "right"),
    "can-do.s1": ("likert", "a", "neutral"),
    "can-do.s2": ("likert", "b", "neutral"),
    "can-do.s3": ("likert", "c", "neutral"),
    "at-the-gate": ("performance", "a.a,b.a", "neutral"),
}


class Visits(Protocol):
    """A unit in an LMS of one kind."""

    def begin(self) -> Frame:
        """Open the unit, a first time or again."""

    def end(self) -> None:
        """Leave it, when all is saved."""

    def reported(self) -> Reported:
        """What the LMS was told of answers, by activity."""


class ScormVisits:
    """Visits to a strict SCORM LMS."""

    def __init__(self, page: Page, site: Site, edition: Edition) -> None:
        self.page, self.site, self.edition = page, site, edition

    def begin(self) -> Frame:
        return open_unit(self.page, self.site, self.edition.lms)

    def end(self) -> None:
        assert breaches(self.page) == []

    def reported(self) -> Reported:
        told: dict[str, dict[str, str]] = {}
        for element, value in sets(self.page, "cmi.interactions"):
            _, _, place, name = element.split(".", 3)
            told.setdefault(place, {})[name.removeprefix("student_").removeprefix("learner_")] = value
        return {one["id"]: _plain(one["type"], one["response"], one["result"]) for one in told.values()}


class Cmi5Visits:
    """Visits to an LMS with an LRS."""

    def __init__(self, page: Page, lrs: Lrs, file: str) -> None:
        self.page, self.lrs, self.file = page, lrs, file

    def begin(self) -> Frame:
        return launch(self.page, self.lrs, self.file)

    def end(self) -> None:
        saved(self.page)
        leave(self.page, self.lrs)

    def reported(self) -> Reported:
        answers = [one for one in self.lrs.statements if one["verb"]["id"].endswith("answered")]
        return {one["object"]["id"].rpartition("/")[2]: self._told(one) for one in answers}

    @staticmethod
    def _told(statement: dict[str, Any]) -> tuple[str, str, str]:
        result = statement.get("result", {})  # What people write for themselves is not told.
        right = {True: "right", False: "wrong", None: "neutral"}[result.get("success")]
        return _plain(statement["object"]["definition"]["interactionType"], result.get("response", ""), right)


def _plain(kind: str, response: str, result: str) -> tuple[str, str, str]:
    return kind, response.replace("[,]", ",").replace("[.]", "."), RESULTS.get(result, result)


@contextmanager
def visits_to(page: Page, zip_path: Path, tracker: str, file: str) -> Iterator[Visits]:
    if tracker == "cmi5":
        lrs = Lrs(zip_path, zip_path.parent)
        lrs.begin()
        with running(lrs) as here:
            yield Cmi5Visits(page, here, file)
    else:
        with serving(Site(zip_path, zip_path.parent)) as site:
            yield ScormVisits(page, site, next(one for one in (SCORM12, SCORM2004) if one.format == tracker))


def check(frame: Frame, name: str, button: str = "Check my answer") -> None:
    activity(frame, name).get_by_role("button", name=button).click()


def rate(frame: Frame, name: str, *levels: str) -> None:
    for row, level in enumerate(levels):
        activity(frame, name).locator("[data-statement]").nth(row).get_by_label(level).check()
    check(frame, name, "Keep my answers")


def put_in_order(frame: Frame, name: str) -> None:
    lines = activity(frame, name).locator("[data-item]")
    for item in range(lines.count()):
        line = activity(frame, name).locator(f'[data-item="{item}"]')
        while int(line.evaluate("line => [...line.parentElement.children].indexOf(line)")) > item:
            line.locator("[data-move='-1']").click()
    check(frame, name)


def play_small(frame: Frame) -> None:
    choose(frame, "one", "This one")
    turn_to(frame, "Second page")
    choose(frame, "some", "Alpha", "Gamma")
    for pair in activity(frame, "pairs").locator(".pw-pair").all():
        pair.locator("select").select_option(pair.get_attribute("data-correct"))
    check(frame, "pairs")
    put_in_order(frame, "order")
    turn_to(frame, "Third page")
    rate(frame, "before", "Low", "High")
    rate(frame, "values", "Doubt")
    for card in activity(frame, "deck").locator("[data-turn]").all():
        card.click()
    turn_to(frame, "Last page")
    activity(frame, "words").get_by_role("textbox").fill("Ευχαριστώ; 100 %")
    check(frame, "words", "I have written my answer")


def play_rich(frame: Frame) -> None:
    activity(frame, "word").get_by_role("textbox").fill("audit")
    check(frame, "word")
    activity(frame, "ready").get_by_label("I told").check()
    assert activity(frame, "sheet").get_by_role("link").is_visible()
    turn_to(frame, "At the gate")
    rate(frame, "can-do", "Low", "Middle", "High")
    for way in ("Wave", "Talk"):
        activity(frame, "at-the-gate").locator("[data-story]").get_by_role("button", name=way, exact=True).last.click()
    turn_to(frame, "Check")


# What people write for themselves is not told to an LRS.
OF_ONES_OWN: dict[str, dict[str, Reported]] = {
    "scorm12": {},
    "scorm2004-4th": {},
    "cmi5": {"small": {"words": ("fill-in", "", "neutral")}},
}
COURSES = {"small": (play_small, SMALL), "rich": (play_rich, RICH)}


def everywhere() -> list[Any]:
    """Every course in every tracker; every course and every tracker once each time, the rest thoroughly."""
    once = {("small", "scorm12"), ("rich", "scorm2004-4th"), ("rich", "cmi5")}
    return [
        pytest.param(course, tracker, marks=() if (course, tracker) in once else pytest.mark.thorough)
        for course in COURSES
        for tracker in ("scorm12", "scorm2004-4th", "cmi5")
    ]


@pytest.mark.parametrize(("course", "tracker"), everywhere())
def test_every_kind_is_kept_reported_and_there_again(
    page: Page, built: Path, rich: Path, course: str, tracker: str
) -> None:
    play, expected = COURSES[course]
    names = {"small": "small-cmi5-en.zip", "rich": "rich-m1-cmi5-en.zip"}
    name = names[course] if tracker == "cmi5" else f"{course}-m1u1-{tracker}-en.zip"
    file = "m1u1.html" if course == "rich" else "index.html"
    with visits_to(page, (built if course == "small" else rich) / name, tracker, file) as visits:
        frame = visits.begin()
        play(frame)
        before = frame.evaluate(FILLED_IN)
        visits.end()
        assert visits.reported() == expected | OF_ONES_OWN[tracker].get(course, {})
        assert visits.begin().evaluate(FILLED_IN) == before


def test_no_kind_is_missing_from_what_is_played() -> None:
    assert [kind for kind in KINDS if f"```{kind}\n" not in UNIT + M1U1] == []
