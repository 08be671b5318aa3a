"""A whole module of the real course by keyboard alone: Tab, Shift+Tab, Enter, Space, Escape and arrows, to passed."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page

from scorm_builder.__main__ import main
from scorm_builder.activities import KINDS
from tests.scorm_builder.keyboard import Player
from tests.scorm_builder.playing import breaches, open_unit, tracked
from tests.scorm_builder.site import ROOT, Site, serving

pytestmark = pytest.mark.journey
COURSE = ROOT / "course_packages" / "parental_engagement"
ASKED = ["--format", "scorm12", "--granularity", "module", "--language", "en"]


def test_a_module_is_passed_without_a_mouse(page: Page, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["build", str(COURSE), *ASKED, "--out", str(tmp_path)]).exit_code == 0
    with serving(Site(tmp_path / "parental_engagement-m1-scorm12-en.zip", tmp_path)) as site:
        frame = open_unit(page, site)
        player = Player(page, frame)
        units = frame.locator("[data-open]").evaluate_all("links => links.map(link => link.dataset.open)")
        assert len(units) == 3
        for place, unit in enumerate(units, 1):
            player.open_unit(unit)
            player.play_unit()
            assert frame.locator("[data-unit-status]").all_text_contents()[:place] == ["passed"] * place
        assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("passed", "100")
        assert player.kinds == set(KINDS), "a kind that the module has not"
        assert player.hidden == []
        assert player.opened > 0
        assert breaches(page) == []
