"""What in a text may say who somebody is: rules in English and Greek, whatever stands around."""

import itertools
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lti_tool.journal.personal_data import Kind, find_personal_data
from lti_tool.journal.personal_data.finding import MOST
from tests.fixtures.choosing import tries

FOUND = {
    Kind.NAME: [
        ("I met Mrs Brown there.", "Brown"),
        ("MRS BROWN came", "BROWN"),
        ("Dr. van der Berg said", "van der Berg"),
        ("and Miss Anne-Marie O'Brien said", "Anne-Marie O'Brien"),
        ("a boy called Tom, who", "Tom"),
        ("her name is Ewa Łukasik", "Ewa Łukasik"),
        ("my pupil Carla came late", "Carla"),
        ("Maria's mother rang", "Maria"),
        ("the twins’ father and Šárka’s father", "Šárka"),
        ("η κα Παπαδοπούλου ήρθε", "Παπαδοπούλου"),
        ("ο κ. Παπαδόπουλος ήρθε", "Παπαδόπουλος"),
        ("είπε στον κύριο Νίκο Γεωργίου ότι", "Νίκο Γεωργίου"),
        ("το παιδί που το λένε Νίκο", "Νίκο"),
        ("η μητέρα της Μαρίας", "Μαρίας"),
        ("ο μαθητής μου ο Γιάννης", "Γιάννης"),
    ],
    Kind.PHONE: [
        ("ring me: 210 1234567", "210 1234567"),
        ("+43 660 1234567", "+43 660 1234567"),
        ("(0)20 7946 0958", "(0)20 7946 0958"),
        ("0660/1234567", "0660/1234567"),
        ("τηλ. 6971234567", "6971234567"),
        ("her phone is 555 1234", "555 1234"),
    ],
    Kind.E_MAIL: [("write to a.b+c@mail.school.example.", "a.b+c@mail.school.example")],
    Kind.ADDRESS: [
        ("they live at 12 Rose Hill Lane now", "12 Rose Hill Lane"),
        ("she lives in Church Street", "Church Street"),
        ("in BN1 4GE", "BN1 4GE"),
        ("στην οδό Ερμού 12 μένει", "οδό Ερμού 12"),
        ("Ερμού 12, 105 63 Αθήνα", "Ερμού 12, 105 63"),
        ("Τ.Κ. 10563", "Τ.Κ. 10563"),
    ],
}
HARMLESS = [
    "In 2023-2024 there were 1.000.000 parents, and 25 of 1 200 came in 3 x 45 minutes.",
    "On 12.05.2024 10.30, from 10.30 - 11.30, 2024-05-12 and 12/05/2024 10; pages 123-456.",
    "ISBN 978-3-16-148410-0, ISO 2108, room 101.",
    "I miss School. Every parent I met spoke MS Teams. Mother's Day came, and Today's parents came.",
    "A moment at the gate: the mother looked at me, and I looked at the child.",
    "Το σχολείο μας στην Αθήνα έχει 120 μαθητές. Η μητέρα Δευτέρα δεν ήρθε.",
    "The Parents' Association and the head teacher met in Church Street.",
]
CASES = [(kind, text, found) for kind, cases in FOUND.items() for text, found in cases]


@pytest.mark.parametrize(("kind", "text", "found"), CASES)
def test_what_is_likely_is_found_with_its_place(kind: Kind, text: str, found: str) -> None:
    (one,) = [one for one in find_personal_data(text) if one.kind is kind]
    assert one.text == found == text[one.start : one.end]
    assert one.before + one.text + one.after == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_every_piece_has_is_not_found(text: str) -> None:
    assert find_personal_data(text) == []


def test_known_names_are_found_whole_in_parts_and_in_another_case() -> None:
    known = ["Alice Adams", "Will Hill", "Ελένη Γεωργίου", "Bo", ""]
    text = "Will Alice ask Will? I ask Alice Adams. Grace will.\nΜίλησα με την Ελένη, τη μάνα της Ελένης και τον Bo."
    assert [one.text for one in find_personal_data(text, known)] == ["Alice", "Will", "Alice Adams", "Ελένη", "Ελένης"]


def test_the_same_words_are_counted_before_each_place() -> None:
    text = "Maria. Mrs Maria\nMrs  Maria Lopez and Mrs Maria  Lopez"
    assert [(one.text, one.number) for one in find_personal_data(text)] == [
        ("Maria", 1),
        ("Maria Lopez", 0),
        ("Maria  Lopez", 1),
    ]


def test_only_so_many_are_told() -> None:
    assert len(find_personal_data("Mrs Brown\n" * 200)) == MOST


PIECES = st.lists(
    st.sampled_from([text for _, text, _ in CASES] + HARMLESS) | st.text(max_size=30) | st.sampled_from("\n. ,'-’+@0"),
    max_size=12,
).map(" ".join)


@settings(max_examples=tries(100, thorough=400), deadline=None)
@given(text=PIECES, known=st.lists(st.text(max_size=20) | st.sampled_from(["Alice Adams", "Ελένη", "("]), max_size=4))
@example(text="Mrs \u0301A", known=["\u0345\u0345\u0345"])
def test_places_are_in_order_apart_and_within_a_line(text: str, known: list[str]) -> None:
    findings = find_personal_data(text, known)
    for one in findings:
        assert one.text == text[one.start : one.end]
        assert one.text.strip()
        assert "\n" not in one.text
    assert all(one.end <= other.start for one, other in itertools.pairwise(findings))


@settings(max_examples=tries(60, thorough=300), deadline=None)
@given(case=st.sampled_from(CASES), before=st.sampled_from([*HARMLESS, ""]), after=st.sampled_from([*HARMLESS, ""]))
def test_what_stands_around_hides_nothing(case: tuple[Kind, str, str], before: str, after: str) -> None:
    kind, text, found = case
    findings = find_personal_data(f"{before}\n{text}\n{after}")
    assert (kind, found) in {(one.kind, one.text) for one in findings}


@pytest.mark.parametrize(
    "part", ["A'", "1 ", "A-", "a.", "Mrs ", "a@", "Mrs Aaa van der ", "+1(", "A" * 50, "12 Rose ", "a@b.c ", "Mrs Bo "]
)
def test_no_text_takes_long(part: str) -> None:
    """Ten times the text may take ten times as long, and not a hundred times."""

    def cost(text: str) -> float:
        begun = time.process_time()
        find_personal_data(text, ["Alice Adams"])
        return time.process_time() - begun

    short, long = part * (5_000 // len(part)), part * (50_000 // len(part))
    assert min(cost(long) for _ in range(2)) < 40 * max(min(cost(short) for _ in range(3)), 0.001)
