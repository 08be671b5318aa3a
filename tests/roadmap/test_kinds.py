"""Kinds of field and views of sections: one list of each, which the course format and the page's script agree with."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from lti_tool.app import COURSE
from lti_tool.course.bundle import read_bundle
from lti_tool.roadmap.fields import KINDS, kind_of
from lti_tool.roadmap.reading import fields_in
from lti_tool.roadmap.section_views import VIEWS, view_of
from lti_tool.web.application import Application
from scorm_builder.course_format.planner import Choice, Section, SectionField

SECTIONS = read_bundle(COURSE).sections("en")
STATUS = SectionField(
    name="status",
    label="Status",
    kind="choice",
    role="status",
    choices=(Choice(id="open", label="not started"), Choice(id="done", label="done")),
)
DAY = SectionField(name="when", label="When", kind="date")
PRIORITY = SectionField(name="serves", label="Serves", kind="reference", refers_to=("priority",))
SEVERAL = SectionField(name="after", label="After", kind="references", refers_to=("action", "milestone"), role="after")
LINE = SectionField(name="what", label="What", kind="text")


def test_the_course_format_and_the_tool_name_the_same_kinds_and_views() -> None:
    named = SectionField.model_fields["kind"].annotation
    assert {kind.name for kind in KINDS} == set(get_args(named))
    views = next(one for one in get_args(Section.model_fields["view"].annotation) if get_args(one))
    assert {view.name for view in VIEWS} == set(get_args(views))


def test_every_kind_and_view_has_a_template_with_its_macros(app: Application) -> None:
    macros = {"control", "shown"}
    for kind in KINDS:
        assert macros <= set(vars(app.jinja_env.get_template(kind.template).module)), kind.name
    for view in VIEWS:
        assert {"write", "read", "how_far"} <= set(vars(app.jinja_env.get_template(view.template).module)), view.name


def test_every_section_of_the_course_has_a_view_and_every_field_a_kind() -> None:
    for section in SECTIONS:
        assert view_of(section).can_show(section)
        assert all(kind_of(field) for field in fields_in(section))


def test_a_section_may_name_its_view() -> None:
    listed = next(section for section in SECTIONS if section.row)
    assert view_of(listed.model_copy(update={"view": "list"})).name == "list"


@pytest.mark.parametrize(
    ("field", "value", "listed"),
    [
        (STATUS, "done", "done"),
        (STATUS, "gone", "gone"),
        (DAY, "2026-09-25", "2026-09-25"),
        (PRIORITY, "7", "Have a say"),
        (PRIORITY, "8", ""),
        (SEVERAL, "7 8 9", "Have a say; Ring"),
        (LINE, "Ring", "Ring"),
    ],
)
def test_files_list_a_value_in_words(field: SectionField, value: str, listed: str) -> None:
    assert kind_of(field).export(field, value, {"7": "Have a say", "9": "Ring"}) == listed


@pytest.mark.parametrize(
    ("field", "in_order"),
    [(STATUS, ["gone", "open", "done"]), (DAY, ["2025-12-31", "2026-01-01"]), (LINE, ["alpha", "Beta", "γ"])],
)
def test_values_have_an_order(field: SectionField, in_order: list[str]) -> None:
    kind = kind_of(field)
    for one, other in pairwise(in_order):
        assert kind.compare(field, one, other) < 0 < kind.compare(field, other, one)
        assert kind.compare(field, one, one) == 0


def test_what_the_script_says_of_kinds_is_said_of_kinds_that_there_are() -> None:
    script = (Path(__file__).parents[2] / "lti_tool/roadmap/assets/_kinds.js").read_text(encoding="utf-8")
    named = script.split("const kinds = {")[1].split("};")[0]
    found = {line.split(":")[0].strip() for line in named.splitlines() if line.startswith("  ")}
    assert found <= {kind.name for kind in KINDS}
