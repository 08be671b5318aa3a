"""Every kind, and a whole module to passed, by keyboard alone: Tab, Shift+Tab, Enter, Space, Escape and arrows."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from scorm_builder.course.activities import KINDS
from tests.scorm_builder.keyboard import Player
from tests.scorm_builder.playing import breaches, open_unit, tracked
from tests.scorm_builder.site import Site, serving

pytestmark = pytest.mark.journey


def test_every_kind_is_answered_and_a_unit_passed_without_a_mouse(page: Page, site: Site, rich_site: Site) -> None:
    kinds: set[str] = set()
    for served in (site, rich_site):
        player = Player(page, open_unit(page, served))
        player.play_unit()
        assert (tracked(page)["cmi.core.lesson_status"], tracked(page)["cmi.core.score.raw"]) == ("passed", "100")
        assert player.hidden == []
        assert breaches(page) == []
        kinds |= player.kinds
    assert kinds == set(KINDS)


@pytest.mark.thorough
def test_a_module_is_passed_without_a_mouse(page: Page, real_module: Path) -> None:
    with serving(Site(real_module, real_module.parent)) as site:
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
