"""A map is taken along as Word, table, calendar and JSON; each file is opened again and read."""

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import unquote

import icalendar
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from lti_tool.roadmap.exports import EXPORTS, find_export
from lti_tool.roadmap.exports.calendar import write_calendar
from lti_tool.roadmap.exports.table import as_text
from lti_tool.roadmap.exports.words import FOLDER, words_of
from lti_tool.web.application import Application
from lti_tool.web.limits import Limits
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import SCHOOL, Team, found, press, team_id
from tests.roadmap.exports.plans import ODD, plan, texts_of, with_texts

LANGUAGES = ["en", "el"]


def open_word(content: bytes) -> WordDocument:
    return Document(io.BytesIO(content))


def word_texts(document: WordDocument) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for holder in [document, *cells] for paragraph in holder.paragraphs]


def read_table(content: bytes, delimiter: str = ",") -> list[list[str]]:
    assert content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def headings_of(document: WordDocument, level: int) -> list[str]:
    styled = [(paragraph.text, paragraph.style) for paragraph in document.paragraphs]
    return [text for text, style in styled if style and style.name == f"Heading {level}"]


# Through the pages


def test_the_page_offers_every_file_in_every_language(team: Team) -> None:
    assert "Take it along" in team.alice.get("roadmap/").text
    page = team.alice.get("roadmap/take-along").text
    for export in EXPORTS:
        assert f"/roadmap/files/{export.name}" in page
    for path in ("files/word?language=el", "files/table?language=en&amp;section=p8", "files/plan?language=en"):
        assert path in page, path
    assert page.count('hreflang="el"') == page.count('hreflang="en"') > 10


@pytest.mark.parametrize("name", [export.name for export in EXPORTS])
def test_every_file_is_there_for_the_team_and_for_who_follows_the_course(
    team: Team, visitor: Arrive, name: str
) -> None:
    team.add("action", what="Ring each family", who="Bob Brown", when="2026-03-09")
    export, number = find_export(name), team_id(team.alice)
    query = "?language=en&section=p8"
    answers = [
        team.bob.get(f"roadmap/files/{name}{query}"),
        visitor("tina").get(f"roadmap/teams/{number}/files/{name}{query}"),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert answer.mimetype == export.media_type
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment;")
        assert f"{SCHOOL} " in unquote(disposition)
        assert disposition.rstrip('"').endswith(export.extension)
        assert answer.headers["Cache-Control"] == "no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answers[0].data == answers[1].data


def test_nobody_else_gets_a_file(team: Team, visitor: Arrive) -> None:
    team.add("action", what="Ring each family")
    number, carla = team_id(team.alice), visitor("carla")
    without_team = [carla.get(f"roadmap/{path}").status_code for path in ("take-along", "files/everything")]
    assert without_team == [403, 403]
    found(carla, "Hill School")
    for who, status in ((carla, 404), (visitor("observer"), 403), (visitor("tina", course="c2"), 404)):
        for path in ("take-along", *(f"files/{export.name}?section=p8" for export in EXPORTS)):
            assert who.get(f"roadmap/teams/{number}/{path}").status_code == status, path


@pytest.mark.parametrize(
    "path", ["word?language=xx", "nothing", "table", "table?section=p1", "table?section=p99", "plan?language=EN"]
)
def test_what_is_not_there_is_not_found(team: Team, path: str) -> None:
    assert team.alice.get(f"roadmap/files/{path}").status_code == 404


def test_a_file_has_the_languages_own_words_and_the_teams(team: Team) -> None:
    team.add("action", what="Ring each family", when="2026-03-09", status="done")
    words = word_texts(open_word(team.alice.get("roadmap/files/word?language=el").data))
    assert f"{SCHOOL}: οδικός χάρτης" in words
    assert "8. Οι δράσεις μας" in words
    assert "Ring each family" in words
    assert "9 Μαρτίου 2026" in words


def test_taking_along_changes_nothing(team: Team) -> None:
    before = team.alice.get("roadmap/changes?since=0").json
    for export in EXPORTS:
        team.alice.get(f"roadmap/files/{export.name}?section=p8")
    assert team.alice.get("roadmap/changes?since=0").json == before


def test_who_has_files_made_without_end_is_asked_to_wait(
    team: Team, app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "parts", replace(app.parts, limits=Limits(files="2 per minute")))
    answers = [team.alice.get("roadmap/files/everything") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "than one person reads" in answers[-1].text
    assert team.bob.get("roadmap/files/everything").status_code == 200, "that is Alice's launch alone"
    assert team.alice.get("roadmap/take-along").status_code == 200


def test_what_was_taken_out_is_in_no_file(team: Team) -> None:
    row = team.add("action", what="Buy a banner", when="2026-03-09")
    press(team.alice, f"remove:{row}")
    for export in EXPORTS:
        content = team.alice.get(f"roadmap/files/{export.name}?section=p8").data
        if export.name == "word":
            assert "Buy a banner" not in word_texts(open_word(content))
        assert b"banner" not in content


@pytest.mark.parametrize("school", ['A/B "C" <d>; e=f\r\n', "Δημοτικό 12", "..", "é" * 100, "مدرسة"])
def test_any_name_of_a_school_gives_a_name_of_a_file(visitor: Arrive, school: str) -> None:
    alice: Visitor = visitor("alice")
    found(alice, school)
    answer = alice.get("roadmap/files/everything")
    disposition = unquote(answer.headers["Content-Disposition"])
    assert not {"/", "\r", "\n", "<"} & set(disposition)
    assert disposition.rstrip('"').endswith("everything.json")
    assert ".." not in disposition


# Word


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_holds_the_whole_example_with_headings_tables_and_language(language: str) -> None:
    of = plan(language)
    document = open_word(find_export("word").make(of))
    texts = word_texts(document)
    assert texts_of(of) <= set(texts)
    titles = [part.section.title for part in of.map.parts]
    assert headings_of(document, 1) == [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    assert {row.title for part in of.map.parts for row in part.rows} <= set(headings_of(document, 2))
    assert len(document.tables) == sum(len(part.rows) for part in of.map.parts)
    assert (document.core_properties.language, document.core_properties.author) == (language, of.school)
    (spoken,) = document.styles.element.iter(qn("w:lang"))
    assert spoken.get(qn("w:val")) == language


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_word_takes_any_text(text: str) -> None:
    of = with_texts(plan(), text)
    texts = "\n".join(word_texts(open_word(find_export("word").make(of))))
    kept = [line for line in text.replace("\ufffe", "").replace("\uffff", "").split("\n") if line]
    assert all(line in texts for line in kept)


def test_a_text_from_right_to_left_is_marked_so_in_word() -> None:
    document = open_word(find_export("word").make(with_texts(plan(), ODD["arabic"])))
    marked = [one for one in document.paragraphs if one.text == ODD["arabic"]]
    assert marked
    assert all(next(one._p.iter(qn("w:bidi")), None) is not None for one in marked)


# Tables


def test_a_table_has_every_field_of_every_row() -> None:
    of = plan("en", "p8")
    head, *lines = read_table(find_export("table").make(of))
    part = of.map.parts[7]
    assert part.section.row
    assert head == [field.label for field in part.section.row.fields]
    assert lines == [[of.exported(cell) for cell in row.cells] for row in part.rows]
    first = dict(zip(head, lines[0], strict=True))
    assert first["By when"] == "2025-09-26"
    assert "Every new family is listened to before the first marks" in lines[0], "references by their title"


def test_a_table_has_the_delimiter_that_excel_wants_in_that_language() -> None:
    head, *_ = read_table(find_export("table").make(plan("el", "p8")), ";")
    assert head[0] == "Τι θα γίνει"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example","x")',
        "+49 30 1",
        "-2",
        "@SUM(A1)",
        "\t=1+1",
        "  =1+1",
        "\n=1+1",
        "＝1+1",
        "\u00a0=1",
    ],
)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    of = with_texts(plan("en", "p8"), text)
    _, *lines = read_table(find_export("table").make(of))
    typed = [cell for line in lines for cell in line if cell.endswith(text.strip()) and not cell.startswith("20")]
    assert set(typed) <= {f"'{text}", f"'{text.strip()}"}
    assert typed
    assert as_text(text).startswith("'")


@pytest.mark.parametrize(
    "text", ["Ring, then write", 'He said "yes"', "two\nlines", "a=b", "3 - 2", "", "O'Neill", ";"]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    of = with_texts(plan("en", "p8"), text)
    _, *lines = read_table(find_export("table").make(of))
    assert all(line[1] == text for line in lines) or not lines


# Calendars


def test_a_calendar_has_every_day_of_the_example() -> None:
    of = plan()
    found_events = events(find_export("calendar").make(of))
    lines = [cells for part in of.map.parts for cells in [*(row.cells for row in part.rows), *zip(part.cells)]]
    days = [sorted(cell.day for cell in cells if cell.day) for cells in lines]
    assert sorted((event.decoded("dtstart"), event.decoded("dtend")) for event in found_events) == sorted(
        (found[0], found[-1] + timedelta(days=1)) for found in days if found
    )
    ring = next(event for event in found_events if "Ring each new family" in event["summary"])
    assert ring.decoded("dtend") == date(2025, 9, 27)
    assert str(ring["summary"]).startswith("✓ ")
    assert "Class teachers 1a and 1b" in ring["description"]
    assert len({event["uid"] for event in found_events}) == len(found_events)
    assert all(str(event["uid"]).endswith("@partnerwise.school.example") for event in found_events)


def test_only_what_is_not_done_reminds() -> None:
    found_events = events(find_export("calendar").make(plan()))
    reminding = [str(event["summary"]) for event in found_events if event.walk("VALARM")]
    rows = [row for part in plan().map.parts for row in part.rows if any(cell.day for cell in row.cells)]
    assert sorted(reminding) == sorted(row.title for row in rows if row.statuses and not row.reached)
    assert len(reminding) > 3


def test_a_reminder_comes_the_day_before_the_last_one() -> None:
    for event in events(find_export("calendar").make(plan())):
        for alarm in event.walk("VALARM"):
            assert alarm["trigger"].params["RELATED"] == "END"
            end = datetime.combine(event.decoded("dtend"), time())
            assert end + alarm.decoded("trigger") == end - timedelta(days=1, hours=9)


def test_a_calendar_that_is_subscribed_to_names_nobody() -> None:
    of = plan()
    people = {
        cell.value for part in of.map.parts for cell in part.all_cells if cell.field.kind == "person" and cell.filled
    }
    assert people
    told = write_calendar(of, is_subscribed=True).decode().replace("\r\n ", "")
    assert not [name for name in people if name in told]
    assert "REFRESH-INTERVAL" in told
    assert "VALARM" not in told


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_a_calendar_takes_any_text(text: str) -> None:
    of = with_texts(plan(), text)
    content = find_export("calendar").make(of)
    assert len(events(content)) > 5
    assert all(len(line.encode()) <= 75 for line in content.decode().split("\r\n"))


def test_no_text_adds_a_line_to_a_calendar() -> None:
    content = find_export("calendar").make(with_texts(plan(), "x\r\nATTENDEE:mailto:a@b.example\nBEGIN:VEVENT"))
    assert b"\r\nATTENDEE" not in content
    assert len(events(content)) == content.count(b"\r\nBEGIN:VEVENT")


# JSON and words


def test_everything_is_in_the_json() -> None:
    told = json.loads(find_export("everything").make(plan()))
    assert (told["format"], told["version"], told["course"]) == ("partnerwise-road-map", 1, "parental_engagement")
    rows = told["sections"]["p8"]["rows"]
    assert rows[0]["fields"]["what"].startswith("Ring each new family")
    assert rows[0]["fields"]["priority"] == told["sections"]["p4"]["rows"][0]["id"]
    assert told["sections"]["p5"]["fields"]["begins"] == "2025-09-08"


def test_every_language_of_the_course_has_all_words() -> None:
    for language in LANGUAGES:
        assert (FOLDER / f"{language}.yaml").is_file()
        assert words_of(language).road_map
    assert words_of("xx") == words_of("en")
