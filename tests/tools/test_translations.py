"""The catalogues of the tool's words: taken from Python, pages and scripts, kept when words change, and compiled."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tools import translations

SOURCES = {
    "journal/views.py": 'from flask_babel import gettext as _\n_("From Python")\n',
    "journal/kinds.py": 'lazy_gettext("Lazily")\n',
    "journal/templates/journal/entry.html": '{{ _("From a page") }} {{ ngettext("%(num)d word", "%(num)d words", 2) }}',
    "journal/assets/editor.js": 'show(gettext("From a script"));\n',
    "demo/templates/demo/course.html": '{{ _("Of the demo LMS alone") }}',
    "web/static/build/editor.js": 'show(gettext("Built"));\n',
}


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        (tmp_path / "tool" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tool" / name).write_text(text, encoding="utf-8")
    return tmp_path / "tool"


def words(catalogue: Path) -> dict[str, str]:
    with catalogue.open("rb") as source:
        return {str(one.id): str(one.string) for one in read_po(source) if one.id}


def change(catalogue: Path, before: str, after: str) -> None:
    text = catalogue.read_text(encoding="utf-8")
    assert before in text
    catalogue.write_text(text.replace(before, after), encoding="utf-8")


@pytest.fixture
def catalogue(tool: Path) -> Path:
    """A Greek catalogue with one translated word."""
    folder = tool.parent / "translations"
    translations.extract(tool.parent / "messages.pot", tool)
    translations.update(tool.parent / "messages.pot", folder, "el")
    begun = folder / "el" / "LC_MESSAGES" / "messages.po"
    change(begun, 'msgid "From a page"\nmsgstr ""', 'msgid "From a page"\nmsgstr "Από σελίδα"')
    return begun


def test_words_come_from_python_pages_and_scripts_of_the_tool_alone(tool: Path) -> None:
    translations.extract(tool.parent / "messages.pot", tool)
    found = set(words(tool.parent / "messages.pot"))
    assert {"From Python", "Lazily", "From a page", "From a script"} <= found
    assert len(found) == 5


def test_what_was_translated_stays_when_other_words_change(tool: Path, catalogue: Path) -> None:
    page = tool / "journal/templates/journal/entry.html"
    page.write_text('{{ _("From a page") }} {{ _("A new word") }}', encoding="utf-8")
    translations.extract(tool.parent / "messages.pot", tool)
    translations.update(tool.parent / "messages.pot", catalogue.parents[2])
    found = words(catalogue)
    assert found["From a page"] == "Από σελίδα"
    assert found["A new word"] == ""


def test_a_catalogue_is_compiled_beside_its_source(catalogue: Path) -> None:
    translations.compile_all(catalogue.parents[2])
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        found = read_mo(compiled)["From a page"]
    assert found is not None
    assert found.string == "Από σελίδα"


def test_without_catalogues_there_is_nothing_to_compile(tmp_path: Path) -> None:
    translations.compile_all(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_every_word_of_the_tool_is_found_and_no_place_of_this_computer(tmp_path: Path) -> None:
    translations.extract(tmp_path / "messages.pot")
    found = words(tmp_path / "messages.pot")
    assert len(found) > 900
    assert "I am done here" in found
    assert str(translations.ROOT) not in (tmp_path / "messages.pot").read_text(encoding="utf-8")
