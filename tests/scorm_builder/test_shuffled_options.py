"""Options stand in another order for each person and attempt; answers are kept by what was chosen, not by its place."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page

from tests.scorm_builder.playing import activity, breaches, choose, drawn, open_unit, tracked, turn_to
from tests.scorm_builder.site import Site

pytestmark = pytest.mark.journey


def _options(frame: Frame, name: str, which: str = "") -> tuple[str, ...]:
    """The options of a question in the order in which somebody reads them; `which` is a part of a selector."""
    labels = activity(frame, name).locator(f".pw-option{which} label")
    texts: list[str] = labels.evaluate_all("labels => labels.map(label => label.firstChild.textContent.trim())")
    return tuple(texts)


def test_an_order_is_a_persons_own_and_stays_and_the_answer_is_kept_by_what_was_chosen(page: Page, site: Site) -> None:
    seen = {}
    for learner in ("carla", "dora", "emil"):
        page.goto(f"{site.address}/lms/lms.css")  # The visit before has ended, and its LMS forgets who was there.
        page.evaluate("localStorage.clear()")
        frame = open_unit(page, site, learner=learner)
        turn_to(frame, "Second page")
        seen[learner] = _options(frame, "some")
    assert all(sorted(order) == ["Alpha", "Beta", "Gamma"] for order in seen.values())
    assert len(set(seen.values())) > 1
    choose(frame, "some", "Beta", "Gamma")
    activity(frame, "some").get_by_role("button", name="Try again").wait_for()
    frame = open_unit(page, site, learner="emil")
    assert _options(frame, "some") == seen["emil"]
    assert set(_options(frame, "some", ":has(:checked)")) == {"Beta", "Gamma"}
    given = [value for name, value in tracked(page).items() if name.endswith("student_response")]
    assert given == ["b,c"], "reports name options by their order in the source"
    assert breaches(page) == []


def test_another_attempt_at_the_check_brings_another_order(page: Page, rich_site: Site) -> None:
    frame = open_unit(page, rich_site)
    for title in ("Talk", "At the gate", "Check"):
        turn_to(frame, title)
    orders = set()
    for _ in range(5):
        for name in drawn(frame):
            orders.add(tuple(text.split()[0] for text in _options(frame, name)))
            choose(frame, name, f"Wrong {name[1:]}")
        frame.get_by_role("button", name="Try again with other questions").click()
    assert len(orders) >= 4


def test_the_page_itself_keeps_the_order_of_the_source(built: Path) -> None:
    with zipfile.ZipFile(built / "small-m1u1-scorm12-en.zip") as package:
        read = "".join(package.read(name).decode() for name in package.namelist() if name.endswith((".html", ".js")))
    assert read.index("Alpha") < read.index("Beta") < read.index("Gamma")
    assert "data-mixed" in read
