"""The table of bounds and deadlines in the guide says what the code does."""

import importlib
import re
from datetime import timedelta
from pathlib import Path

import pytest

from lti_tool.settings import Settings

GUIDE = Path(__file__).parent.parent.parent / "deploy" / "guides" / "operating.md"
SECTION = GUIDE.read_text(encoding="utf-8").partition("## Bounds and deadlines")[2]
ROWS = re.findall(r"^\| (.+?) \| (\d+) ([^|]+?) \| (.+?) \|$", SECTION, re.MULTILINE)
FACTORS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "MB": 1024**2}


def test_every_row_is_read() -> None:
    assert len(ROWS) == SECTION.count("\n| ") - 1 > 30


@pytest.mark.parametrize(("what", "number", "unit", "where"), ROWS)
def test_the_code_has_the_bound(what: str, number: str, unit: str, where: str) -> None:
    names = re.findall(r"`([^`]+)`", where)
    if names[0].startswith("PARTNERWISE_"):
        assert Settings.model_fields[names[0].removeprefix("PARTNERWISE_").lower()].default == int(number)
        return
    found: object = importlib.import_module(names[0].removesuffix(".py").replace("/", "."))
    for name in names[1].split("."):
        found = getattr(found, name)
    if isinstance(found, str):
        rate = re.sub(r"\ban? ", "per ", unit)
        assert f"{number} {rate}" in found.split("; ")
        return
    found = found.total_seconds() if isinstance(found, timedelta) else found
    assert found == int(number) * FACTORS.get(unit.removesuffix("s") if unit != "MB" else unit, 1)
