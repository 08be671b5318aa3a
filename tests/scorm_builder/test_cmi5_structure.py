"""What an LMS lists a cmi5 package under: names that nothing else has, and titles that say which unit it is."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.scorm_builder.built_once import build, once
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.rich_units import M1U1, M1U2
from tests.scorm_builder.small_course import write_small_course

SHARED = "[{id: m1.o1, text: Look closely}, {id: m1.o3, text: Ask *kindly*}]"
"""Both units of a module name the same code, for different outcomes."""


@pytest.fixture(scope="module")
def structures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    """The course structure of every package of a course, by file name: each granularity, each language."""

    def make(folder: Path) -> None:
        first = M1U1.replace("[{id: m1.o1, text: Look closely}]", SHARED)
        second = M1U2.replace("m1.o2, text: Compare", "m1.o1, text: Compare")
        source = write_rich_course(folder / "source", **{"m1u1.md": first, "m1u2.md": second})
        for granularity in ("course", "module", "unit"):
            build(source, "--format", "cmi5", "--granularity", granularity, out=folder / granularity)

    folder = once(tmp_path_factory, "cmi5-structures", make)
    paths = sorted(path for path in folder.rglob("*.zip"))
    return {f"{path.parent.name}/{path.name}": structure_of(path) for path in paths}


def structure_of(package: Path) -> etree._Element:
    with zipfile.ZipFile(package) as archive:
        return etree.fromstring(archive.read("cmi5.xml"))


def named(structure: etree._Element) -> Iterator[str]:
    for one in structure.iter("{*}course", "{*}block", "{*}au", "{*}objective"):
        if one.get("id") is not None:
            yield str(one.get("id"))


def title(structure: etree._Element, name: str) -> list[str]:
    return [str(one.findtext("{*}title/{*}langstring")) for one in structure.iter(f"{{*}}{name}")]


def test_no_two_things_share_a_name_in_any_package(structures: dict[str, etree._Element]) -> None:
    assert len(structures) == 9
    names = Counter(name for structure in structures.values() for name in named(structure))
    assert [name for name, count in names.items() if count > 1] == []


def test_an_objective_means_one_thing_and_says_it(structures: dict[str, etree._Element]) -> None:
    module = structures["module/rich-m1-cmi5-en.zip"]
    objectives = [one for one in module.iter("{*}objective") if one.get("id")]
    texts = [one.findtext("{*}title/{*}langstring") for one in objectives]
    assert texts == ["Look closely", "Ask kindly", "Compare"]
    assert [one.findtext("{*}description/{*}langstring") for one in objectives] == texts
    declared = dict(zip((one.get("id") for one in objectives), texts, strict=True))
    aims = [[declared[one.get("idref")] for one in unit.iter("{*}objective")] for unit in module.iter("{*}au")]
    assert aims == [["Look closely", "Ask kindly"], ["Compare"]]


def test_titles_say_module_and_unit(structures: dict[str, etree._Element]) -> None:
    course = structures["course/rich-cmi5-en.zip"]
    assert title(course, "course") == ["A rich course"]
    assert title(course, "block") == ["Module 1: First module", "Module 2: Second module"]
    units = ["Module 1, unit 1: Looking", "Module 1, unit 2: Looking again", "Module 2, unit 1: Ending"]
    assert title(course, "au") == units
    module = structures["module/rich-m1-cmi5-en.zip"]
    assert title(module, "course") == ["Module 1: First module"]
    assert title(module, "au") == units[:2]
    unit = structures["unit/rich-m2u1-cmi5-en.zip"]
    assert title(unit, "course") == title(unit, "au") == units[2:]
    greek = structures["unit/rich-m1u1-cmi5-el.zip"]
    assert title(greek, "course") == ["Κεφάλαιο 1, ενότητα 1: Looking"]


def test_a_course_of_one_module_does_not_number_it(tmp_path: Path) -> None:
    build(write_small_course(tmp_path / "source"), "--format", "cmi5", "--granularity", "unit", out=tmp_path / "out")
    structure = structure_of(tmp_path / "out" / "small-m1u1-cmi5-en.zip")
    assert title(structure, "course") == ["Unit 1: The unit"]
    assert title(structure, "objective") == ["Tell one from two", "None"], "declared, and referred to"


def test_a_name_stays_the_same_when_the_course_changes(tmp_path: Path, structures: dict[str, etree._Element]) -> None:
    source = write_rich_course(tmp_path / "source", **{"m1u1.md": M1U1.replace('title: "Looking"', 'title: "Seeing"')})
    build(source, "--format", "cmi5", "--granularity", "unit", "--language", "en", out=tmp_path / "out")
    changed = structure_of(tmp_path / "out" / "rich-m1u1-cmi5-en.zip")
    assert next(changed.iter("{*}au")).get("id") == "urn:partnerwise:rich:en:unit:m1u1:unit:m1u1"
    before = structures["unit/rich-m1u1-cmi5-en.zip"]
    assert next(changed.iter("{*}au")).get("id") == next(before.iter("{*}au")).get("id")


def test_texts_of_ones_own_are_reported_only_where_the_course_says_so(tmp_path: Path) -> None:
    source = write_small_course(tmp_path / "source")
    for said in ("", "report_texts: true\n"):
        head = source / "course.yaml"
        head.write_text(head.read_text(encoding="utf-8") + said, encoding="utf-8")
        build(source, "--format", "cmi5", "--granularity", "unit", out=tmp_path / (said[:6] or "silent"))
    silent, told = (
        zipfile.ZipFile(tmp_path / name / "small-m1u1-cmi5-en.zip").read("index.html") for name in ("silent", "report")
    )
    assert b"data-reports-texts" not in silent
    assert b'data-reports-texts="true"' in told
