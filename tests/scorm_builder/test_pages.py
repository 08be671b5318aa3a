"""What Markdown and activities become: semantic HTML, nothing of the author's own, no inline styles."""

import re
from pathlib import Path

import pytest

from scorm_builder.markup.citations import label_of
from scorm_builder.markup.pages import Surroundings, unit_fragment
from scorm_builder.markup.templating import shuffled
from scorm_builder.sources.course_source import read_course
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.small_course import UNIT, write_small_course

_IN_A_PACKAGE = Surroundings()


def fragment_of(root: Path, surroundings: Surroundings = _IN_A_PACKAGE) -> str:
    course = read_course(root)
    return unit_fragment(course, course.units["m1u1"]["en"], surroundings)


def test_a_picture_alone_becomes_a_figure_with_its_size(small_course: Path) -> None:
    html = fragment_of(small_course)
    assert '<img src="assets/circles.svg" alt="Two circles" loading="lazy" width="40" height="20">' in html
    assert "<figcaption>Circles</figcaption>" in html


def test_a_citation_leads_to_its_reference(small_course: Path) -> None:
    html = fragment_of(small_course)
    assert '(<a class="pw-cite" href="#ref-epstein2011">Epstein, 2011</a>, p. 5)' in html
    assert '<li id="ref-epstein2011"' in html


@pytest.mark.parametrize(
    ("reference", "label"),
    [
        ("Epstein, J. L. (2011). *Partnerships*.", "Epstein, 2011"),
        ("Goodall, J., & Montgomery, C. (2014). From involvement.", "Goodall & Montgomery, 2014"),
        ("Castro, M., Expósito-Casas, E., & Gaviria, J. L. (2015). A study.", "Castro et al., 2015"),
        ("van der Berg, A. (2020a). A study.", "van der Berg, 2020a"),
        ("Ministry of Education (2019). A circular.", "Ministry of Education, 2019"),
        ("Theodotou, E. Working together [Blog post].", "Theodotou, E. Working"),
    ],
)
def test_a_reference_is_named_by_surnames_and_year(reference: str, label: str) -> None:
    assert label_of(reference) == label


def test_the_authors_html_is_shown_as_text(tmp_path: Path) -> None:
    html = fragment_of(write_small_course(tmp_path, UNIT.replace("Words about words", "<script>alert(1)</script>")))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_strict_content_policy_has_nothing_to_refuse(small_course: Path) -> None:
    html = fragment_of(small_course)
    assert not re.search(r"\sstyle=|\son\w+=|javascript:|<style|<script", html)


def test_the_title_is_the_only_first_level_heading(small_course: Path) -> None:
    html = fragment_of(small_course)
    assert html.count("<h1") == 1
    assert html.count("<h2") == 4


def test_every_activity_shows_its_objective_and_holds_its_feedback(small_course: Path) -> None:
    html = fragment_of(small_course)
    for objective in ("Choose one", "Choose some", "Match", "Order", "Write briefly"):
        assert f"</span> {objective}</p>" in html
    for feedback in ("It is not.", "Gamma does not.", "Cats like it.", "Not that order.", "Ask a colleague."):
        assert feedback in html


def test_fields_cut_nothing_and_lie_as_their_letters_run(tmp_path: Path) -> None:
    html = fragment_of(write_rich_course(tmp_path / "rich")) + fragment_of(write_small_course(tmp_path / "small"))
    fields = re.findall(r'<textarea[^>]*>|<input[^>]* type="text"[^>]*>', html)
    assert len(fields) == 3
    assert all('dir="auto"' in one and "maxlength" not in one for one in fields), fields


def test_journal_links_are_there_only_where_there_is_a_journal(small_course: Path) -> None:
    assert 'href="../j/j1"' in fragment_of(small_course, Surroundings(journal_link="../j/{prompt}"))
    assert "You write it in your journal" in fragment_of(small_course)


def test_lines_to_be_ordered_never_start_in_the_right_order() -> None:
    assert all(shuffled(count, f"seed{count}") != list(range(count)) for count in range(2, 27))
    assert shuffled(5, "a") == shuffled(5, "a")
    assert sorted(shuffled(7, "b")) == list(range(7))
