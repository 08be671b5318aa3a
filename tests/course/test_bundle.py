"""The built course: all that the sources hold is in it, and a bundle that is not ours gets one clear sentence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from markupsafe import Markup

from lti_tool.app import COURSE
from lti_tool.course.bundle import BundleUnreadable, read_bundle
from scorm_builder.course_format.course import FORMAT_VERSION
from scorm_builder.course_format.data import FILES
from tests.course_packages.sources import COURSE as SOURCES

HTML = {("prompts", "question"), ("prompts", "example"), ("samples", "text")}
"""What is Markdown in the sources, by list and key."""
Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize("language", ["en", "el"])
@pytest.mark.parametrize("name", FILES)
def test_whatever_a_data_file_holds_is_in_the_built_course(name: str, language: str) -> None:
    source = yaml.safe_load((SOURCES / language / f"{name}.yaml").read_text(encoding="utf-8"))
    built = getattr(read_bundle(COURSE).edition(language).data, name).model_dump(mode="json", by_alias=True)
    assert list(_lost(source, built, ())) == []


def _lost(source: Any, built: Any, path: tuple[str, ...]) -> Any:
    """Where the built data do not hold what the source does."""
    source = _as_built(source, built)
    if isinstance(source, dict):
        for key, value in source.items():
            yield from _lost(value, built.get(key), (*path, key))
    elif isinstance(source, list):
        assert len(source) == len(built), path
        for one, other in zip(source, built, strict=True):
            yield from _lost(one, other, path)
    elif (path[0], path[-1]) in HTML and len(path) == 2:
        if source.split()[0].strip("*“") not in Markup(built).striptags():
            yield path, source
    elif source != built:
        yield path, source


def _as_built(source: Any, built: Any) -> Any:
    """A list of one may be written as that one, and the lines of a text as a list."""
    if isinstance(source, str) and isinstance(built, list):
        return [source]
    return "\n".join(source) if isinstance(source, list) and isinstance(built, str) else source


def test_the_flags_the_guiding_questions_and_the_tags_reach_the_tool() -> None:
    bundle = read_bundle(COURSE)
    fields = [one for section in bundle.sections("en") for one in (section.fields or section.row.fields)]  # type: ignore[union-attr]
    assert sum(one.required for one in fields) > 50
    assert all(section.guiding for section in bundle.sections("el"))
    assert all(prompt.tags and prompt.sections for prompt in bundle.prompts("el"))


def test_every_file_of_a_languages_folder_is_known_to_the_format() -> None:
    for language in ("en", "el"):
        assert {path.stem for path in (SOURCES / language).glob("*.yaml")} == set(FILES)


def changed(folder: Path, change: Change) -> Path:
    """A copy of the built course's description with something else in it."""
    found = json.loads((COURSE / "bundle.json").read_text(encoding="utf-8"))
    change(found)
    (folder / "bundle.json").write_text(json.dumps(found), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda found: found.pop("format_version"), "is of format 1"),
        (lambda found: found.update(format_version=FORMAT_VERSION + 1), f"is of format {FORMAT_VERSION + 1}"),
        (lambda found: found.update(surprise=1), "surprise: Extra inputs are not permitted"),
        (lambda found: found["modules"][0]["units"][0].update(colour="red"), "modules.0.units.0.colour: Extra"),
        (lambda found: found["editions"]["el"]["data"]["skills"].pop("levels"), "editions.el.data.skills.levels"),
        (lambda found: found["editions"].pop("el"), "The course lacks something in `el`"),
    ],
)
def test_a_course_of_another_form_is_refused_with_one_sentence(change: Change, said: str, tmp_path: Path) -> None:
    with pytest.raises(BundleUnreadable) as refusal:
        read_bundle(changed(tmp_path, change))
    assert said in str(refusal.value)
    assert str(tmp_path) in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\ufeff{}", "é"])
def test_what_is_no_course_is_refused_with_one_sentence(text: str, tmp_path: Path) -> None:
    (tmp_path / "bundle.json").write_text(text, encoding="latin-1" if text == "é" else "utf-8")
    with pytest.raises(BundleUnreadable, match=r"cannot be read|is of format") as refusal:
        read_bundle(tmp_path)
    assert len(str(refusal.value).splitlines()) == 1
