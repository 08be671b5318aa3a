"""Which choices may show their options in another order: all but those whose order means something."""

import pytest

from scorm_builder.course.questions import Option, SingleChoice
from scorm_builder.markup.option_order import is_mixed
from scorm_builder.markup.strings import strings_for


def _choice(*texts: str, fixed: bool = False) -> SingleChoice:
    options = tuple(Option(text=text, feedback="So.", correct=not place) for place, text in enumerate(texts))
    return SingleChoice(
        kind="single-choice", id="one", objective="To choose", question="Which?", options=options, fixed=fixed
    )


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("Yes, every week.", "No, hardly ever.")),
        ("en", ("1956", "1974", "1995")),
        ("en", ("More than 20", "11 to 20", "Up to 10")),
        ("en", ("10 %", "25 %", "1,500 families")),
        ("en", ("Strongly agree", "Agree", "Disagree", "I do not know")),
        ("en", ("Always", "Now and then", "Never")),
        ("en", ("A letter.", "A call.", "All of the above.")),
        ("en", ("A letter.", "A call.", "Neither: none of these is enough by itself.")),
        ("el", ("Συμφωνώ", "Συμφωνώ λίγο", "Διαφωνώ")),
        ("el", ("Ένα γράμμα.", "Ένα τηλεφώνημα.", "ΟΛΑ ΤΑ ΠΑΡΑΠΑΝΩ")),
    ],
)
def test_options_whose_order_means_something_keep_it(language: str, texts: tuple[str, ...]) -> None:
    assert not is_mixed(_choice(*texts), strings_for(language))


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("A letter.", "A call.", "A visit.")),
        ("en", ("1995", "1956", "1974")),
        ("en", ("In Year 7", "Before Year 7", "Not in Year 7")),
        ("en", ("29 of 38 families answered the form", "22 of 38 families rang the school", "12 came to the hall")),
        ("en", ("They agree on what each of them will try.", "They never meet again.", "They swap numbers.")),
        ("el", ("Ένα γράμμα.", "Ένα τηλεφώνημα.", "Μια επίσκεψη.")),
    ],
)
def test_other_options_change_places_unless_the_author_says_otherwise(language: str, texts: tuple[str, ...]) -> None:
    assert is_mixed(_choice(*texts), strings_for(language))
    assert not is_mixed(_choice(*texts, fixed=True), strings_for(language))
