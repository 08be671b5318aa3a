"""What people write lies as its letters run on every page that shows it, and every moment is told in one manner."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from lxml import html

from lti_tool.course.placed_activities import Placing, place
from lti_tool.course.prompts import Draft, write_prompt
from lti_tool.web.application import Application
from tests.fixtures.pieces import hand_in, release, write
from tests.fixtures.tool import Arrive, Visitor

WORDS = "مشاركة الوالدين"
BEGINNING = re.compile(r"\s*[\u0600-\u06ff]")
OTHERS = {"title", "option", "script", "text"}
"""What a browser shows in its own way, or not at all; the timeline's picture has its style sheet."""
RAW = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d:\d\d:\d\d\.\d")
PAGES = {
    "alice": (
        "journal/",
        *("journal/j3", "journal/j3/versions", "journal/j4", "journal/j3/hand-in", "journal/{own}"),
        *("roadmap/", "roadmap/whole", "roadmap/sections/p1", "roadmap/sections/p8", "roadmap/history"),
        *("roadmap/timeline", "course/"),
    ),
    "tina": (
        *("desk/", "desk/?state=returned", "desk/?state=released", "desk/1", "desk/2", "members/"),
        *("course/placed/", "course/placed/1", "course/prompts/1", "course/placed/1/more-time"),
        *("roadmap/", "roadmap/teams/1/whole", "roadmap/teams/1/history", "roadmap/teams/1/timeline"),
    ),
}


@pytest.fixture
def written(app: Application, visitor: Arrive) -> tuple[dict[str, Visitor], str]:
    """People of a course in which all that can be written was written from right to left, and its own prompt."""
    alice, tina = visitor("alice", activity="journal/j3"), visitor("tina", activity="desk")
    with app.parts.database.transaction() as session:
        due, closes = datetime(2026, 11, 21, 10, 42, tzinfo=UTC), datetime(2199, 1, 2, tzinfo=UTC)
        place(session, alice.context_id, Placing("journal/j3", title=WORDS, due_at=due, closes_at=closes))
        asked = Draft(WORDS, f"{WORDS}\n\n{WORDS}", rubric="reflective-writing")
        own = write_prompt(session, app.parts.course, alice.context_id, asked).name
    piece = hand_in(alice, f"<p>{WORDS}</p><ul><li><p>{WORDS}</p></li></ul><blockquote><p>{WORDS}</p></blockquote>")
    returned = {"comment": f"{WORDS}\n\nWell seen.", "version": 0, "do": "return"}
    assert tina.post(f"desk/{piece}", returned).status_code == 302
    write(alice, f"<h3>{WORDS}</h3><p>Once more.</p>", 1)
    visitor("alice", activity="journal/j4")
    release(tina, hand_in(alice, f"<p>{WORDS}</p>", prompt="j4"), WORDS)
    write(alice, f"<p>{WORDS}</p>", prompt=own)
    assert alice.post("roadmap/teams", {"name": WORDS}).status_code == 303
    row = alice.post_json("roadmap/rows", {"do": "add:action", "section": "p8", "since": 0}).get_json()["row"]
    values = {
        "p1.definition": WORDS,
        f"action.{row}.what": WORDS,
        f"action.{row}.who": WORDS,
        f"action.{row}.when": "2028-02-29",
    }
    for name, value in values.items():
        assert alice.put(f"roadmap/fields/{name}", {"value": value, "version": 0}).status_code == 200
    removed = alice.post_json("roadmap/rows", {"do": "add:action", "section": "p8", "since": 0}).get_json()["row"]
    alice.put(f"roadmap/fields/action.{removed}.what", {"value": WORDS, "version": 0})
    alice.post_json("roadmap/rows", {"do": f"remove:{removed}", "section": "p8", "since": 0})
    return {"alice": alice, "tina": tina}, own


def astray(page: html.HtmlElement) -> Iterator[str]:
    """Words that begin a line of their own and lie as the page runs, not as their letters do."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in OTHERS or "visually-hidden" in element.get("class", ""):
            continue
        held = [element.text, element.get("value"), *(child.tail for child in element)]
        if any(BEGINNING.match(text or "") for text in held) and not _has_a_direction(element):
            yield f"{element.tag}.{element.get('class')} in {element.getparent().get('class')}"


def _has_a_direction(element: html.HtmlElement) -> bool:
    """Whether it, or what is around it below the page's own parts, takes its direction from what it holds."""
    around = (one for one in (element, *element.iterancestors()) if one.tag == "bdi" or one.get("dir"))
    nearest = next(around)
    return nearest.tag == "bdi" or nearest.get("dir") in {"auto", "rtl"}


def raw_moments(main: html.HtmlElement) -> Iterator[str]:
    """Moments that no script puts into the reader's own words."""
    yield from RAW.findall("".join(str(text) for text in main.itertext()))
    yield from (str(one.get("datetime")) for one in main.iter("time") if one.get("data-pw-moment") is None)


def test_words_lie_as_their_letters_run_and_moments_are_told_in_one_manner(
    written: tuple[dict[str, Visitor], str],
) -> None:
    people, own = written
    wrong: dict[str, list[str]] = {}
    seen = 0
    for who, paths in PAGES.items():
        for path in paths:
            answer = people[who].get(path.format(own=own))
            assert answer.status_code == 200, path
            seen += WORDS in answer.text
            page = html.document_fromstring(answer.text)
            (main,) = page.iter("main")
            for script in main.iter("script"):
                script.text = ""
            wrong[f"{who} {path}"] = [*astray(page), *raw_moments(main)]
    assert not any(wrong.values()), {page: found for page, found in wrong.items() if found}
    assert seen > 20
