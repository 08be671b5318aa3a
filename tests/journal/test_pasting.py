"""What is kept of HTML that other programs made: the server is held to the same table as the editor."""

import re
from pathlib import Path

import pytest

from lti_tool.journal.html_cleaning import clean

TABLE = (Path(__file__).parent.parent / "shared" / "pasted.txt").read_text(encoding="utf-8")
CASE = re.compile(r"(?P<name>[^\n]*)\n(?P<pasted>.*?)\n=>\n(?P<kept>.*)", re.DOTALL)
CASES = [found.groups() for text in re.split(r"^## ", TABLE, flags=re.MULTILINE)[1:] if (found := CASE.match(text))]


@pytest.mark.parametrize(("name", "pasted", "kept"), CASES, ids=[name for name, _, _ in CASES])
def test_the_server_keeps_of_foreign_html_what_the_editor_keeps(name: str, pasted: str, kept: str) -> None:
    assert clean(pasted) == kept.replace("\n", ""), name
    assert clean(clean(pasted)) == clean(pasted)


def test_the_table_is_read_whole() -> None:
    assert len(CASES) == TABLE.count("\n## ") > 20
