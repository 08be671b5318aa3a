"""Trainers mark the course's sample pieces for practice, alone, and see how far they agree."""

import re

import pytest

from lti_tool.course.bundle import Bundle
from lti_tool.web.application import Application
from scorm_builder.course_format.journal import Sample
from tests.fixtures.pieces import LEVELS, compare_sample
from tests.fixtures.tool import Arrive, Visitor

pytestmark = pytest.mark.both_databases
JUDGEMENT = "desk/calibration/{}/judgement"


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina", activity="desk")


@pytest.fixture
def course(app: Application) -> Bundle:
    return app.parts.course


@pytest.fixture
def samples(course: Bundle) -> list[Sample]:
    return list(course.edition("en").data.samples.samples)


def save(who: Visitor, sample: str, *, version: int = 0, comment: str = "", **levels: int) -> int:
    """The status of the answer."""
    sent = {"levels": levels, "comment": comment, "version": version}
    return who.put(JUDGEMENT.format(sample), sent).status_code


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_a_draft_of_a_sample_comes_back_and_is_its_trainers_own(tina: Visitor, visitor: Arrive) -> None:
    assert save(tina, "s1", comment="He names no moment.", situation=1) == 200
    page = tina.get("desk/calibration/s1").text
    assert "He names no moment." in page
    assert re.search(r'name="level-situation" value="1" checked', page)
    for other in (visitor("adam", activity="desk"), visitor("tina", issuer="https://other.example", activity="desk")):
        seen = other.get("desk/calibration/s1").text
        assert "He names no moment." not in seen
        assert " checked" not in seen
    assert "He names no moment." in visitor("tina", course="c2").get("desk/calibration/s1").text, (
        "practice is a person's"
    )


def test_the_agreed_levels_show_after_the_own_ones_and_not_before(tina: Visitor, samples: list[Sample]) -> None:
    first = samples[0]
    before = tina.get("desk/calibration/s1").text
    assert not any(reason in before for reason in map(str, first.why.values()))
    assert not any(reason in tina.get("desk/calibration/").text for reason in first.why.values())
    compare_sample(tina, "s1")
    after = words(tina.get("desk/calibration/s1").text)
    for criterion, reason in first.why.items():
        assert " ".join(reason.split()) in after.replace("&#34;", '"').replace("&#39;", "'"), criterion
    assert "You: 2 levels higher" in after
    assert re.search(r"1 of 8 pieces compared", words(tina.get("desk/calibration/").text))


def test_a_level_that_is_missing_is_named_and_nothing_is_shown(tina: Visitor, samples: list[Sample]) -> None:
    sent = tina.post("desk/calibration/s1", {"level-situation": 1, "comment": "x", "version": 0, "do": "compare"})
    assert sent.status_code == 400
    assert "Without a level so far: " in sent.text
    assert samples[0].why["situation"] not in sent.text
    assert "x</textarea>" in tina.get("desk/calibration/s1").text


def test_marks_stay_once_the_agreed_levels_were_seen(tina: Visitor) -> None:
    compare_sample(tina, "s1")
    assert save(tina, "s1", version=1, situation=0) == 409
    again = tina.post("desk/calibration/s1", {"level-situation": 0, "comment": "", "version": 1, "do": "compare"})
    assert again.status_code == 409
    assert "You have seen the agreed levels of this piece" in again.text
    compare_sample(tina, "s1")  # the same click twice


def test_two_windows_on_one_sample_overwrite_nothing(tina: Visitor) -> None:
    assert save(tina, "s2", situation=1) == 200
    answer = tina.put(JUDGEMENT.format("s2"), {"levels": {"situation": 3}, "comment": "", "version": 0})
    assert answer.status_code == 409
    assert answer.get_json()["current"]["levels"] == {"situation": 1}
    sent = tina.post("desk/calibration/s2", {"level-situation": 3, "comment": "", "version": 0, "do": "compare"})
    assert sent.status_code == 409
    assert "in another window meanwhile" in sent.text


def test_over_all_pieces_it_says_in_words_how_far_one_agrees_and_where_not(
    tina: Visitor, samples: list[Sample]
) -> None:
    for sample in samples[:3]:
        compare_sample(tina, sample.id, sample.levels)
    assert "Too little to say: compare four pieces at least." in words(tina.get("desk/calibration/").text)
    for sample in samples[3:]:
        wrong = {"situation": 3 if sample.levels["situation"] == 0 else 0} if sample is samples[-1] else {}
        compare_sample(tina, sample.id, {**sample.levels, **wrong})
    page = words(tina.get("desk/calibration/").text)
    assert "You agree nearly always. 39 of 40 levels are the same, 0 are one level apart." in page
    assert "Where you differ most" in page
    assert f"you 0, agreed {samples[-1].levels['situation']}" in page
    assert "8 of 8 pieces compared" in page


def test_another_round_begins_anew_and_the_earlier_ones_are_kept_and_compared(
    tina: Visitor, samples: list[Sample]
) -> None:
    assert "/desk/calibration/" in tina.post("desk/calibration/", {"after": 0}).headers["Location"]
    for sample in samples:
        compare_sample(tina, sample.id, LEVELS)
    for _twice in range(2):
        tina.post("desk/calibration/", {"after": 1})
    assert "Round 2" in tina.get("desk/calibration/").text
    assert " checked" not in tina.get("desk/calibration/s1").text
    assert tina.get("desk/calibration/s1?round=3").status_code == 404
    assert "Your levels and the agreed ones" in tina.get("desk/calibration/s1?round=1").text
    for sample in samples:
        compare_sample(tina, sample.id, sample.levels, round_=2)
    page = words(tina.get("desk/calibration/").text)
    assert "You are nearer to the agreed levels than in the round before." in page
    assert "Your rounds" in page
    assert re.search(r"Round 2 \S+ \S+ \S+ 8 40 / 40 1", page)
    assert re.search(r"Round 1 \S+ \S+ \S+ 8 \d+ / 40 -?0\.\d+", page)


def test_a_round_of_which_nothing_was_compared_is_gone_on_with(tina: Visitor) -> None:
    save(tina, "s1", situation=1)
    tina.post("desk/calibration/", {"after": 1})
    assert "Round 2" not in tina.get("desk/calibration/").text


@pytest.mark.parametrize(
    ("sample", "body", "status"),
    [
        ("s99", {"levels": {}, "comment": "", "version": 0}, 404),
        ("s1", {"levels": {"situation": 4}, "comment": "", "version": 0}, 400),
        ("s1", {"levels": {"nonsense": 1}, "comment": "", "version": 0}, 400),
        ("s1", {"levels": [], "comment": "", "version": 0}, 400),
        ("s1", {"levels": {}, "comment": "x" * 20_001, "version": 0}, 413),
        ("s1", {"levels": {}, "comment": None, "version": 0}, 400),
        ("s1", {"levels": {}, "comment": ["x"], "version": 0}, 400),
        ("s1", {"levels": {}, "comment": "", "version": "first"}, 400),
        ("s1", None, 400),
    ],
)
def test_what_the_page_cannot_send_is_refused(tina: Visitor, sample: str, body: object, status: int) -> None:
    assert tina.put(JUDGEMENT.format(sample), body).status_code == status


def test_trainees_are_shown_nothing_of_it(visitor: Arrive, samples: list[Sample]) -> None:
    alice = visitor("alice")
    for path in ("desk/calibration/", "desk/calibration/s1"):
        answer = alice.get(path)
        assert answer.status_code == 403
        assert samples[0].title not in answer.text
