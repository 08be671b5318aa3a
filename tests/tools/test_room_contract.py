"""Who may import whom among the rooms of the tool."""

import pytest

from tools.room_contract import HouseRules, Place

RULES = HouseRules(frozenset({("*", "people"), ("grading", "journal"), ("web", "people")}), "web", frozenset({"demo"}))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Place("grading", "rules"), Place("journal", "rules")),
        (Place("grading", "models"), Place("journal", "models")),
        (Place("roadmap", "rules"), Place("people", "models")),
        (Place("journal", "views"), Place("journal", "rules")),
        (Place("journal", "views"), Place("web", "rules")),
        (Place("journal", "views"), "flask"),
        (Place("journal", "rules"), Place("", "database")),
        (Place("journal", "rules"), "sqlalchemy"),
        (Place("web", "rules"), "flask"),
        (Place("", "app"), Place("journal", "views")),
    ],
)
def test_what_the_map_draws_is_allowed(here: Place, there: Place | str) -> None:
    assert RULES.objection(here, there) is None


@pytest.mark.parametrize(
    ("here", "there", "reason"),
    [
        (Place("journal", "rules"), Place("grading", "rules"), "no arrow"),
        (Place("journal", "views"), Place("demo", "rules"), "no arrow"),
        (Place("grading", "views"), Place("journal", "views"), "its own"),
        (Place("journal", "models"), Place("journal", "rules"), "models import only models"),
        (Place("grading", "models"), Place("journal", "rules"), "models import only models"),
        (Place("journal", "rules"), Place("journal", "views"), "rules do not import views"),
        (Place("journal", "rules"), Place("web", "rules"), "only views use the frame"),
        (Place("journal", "rules"), Place("", "settings"), "only the composition root"),
        (Place("journal", "views"), Place("", "app"), "only the composition root"),
        (Place("journal", "rules"), "flask", "only views know the web"),
    ],
)
def test_what_the_map_does_not_draw_is_refused(here: Place, there: Place | str, reason: str) -> None:
    assert reason in (RULES.objection(here, there) or "allowed")
