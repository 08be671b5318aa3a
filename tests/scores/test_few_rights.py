"""Platforms that let us send scores and do little else: what may not be read is never asked for, and grades arrive."""

from collections.abc import Callable
from typing import Any

import pytest

from lti_tool.demo import claims, tokens
from lti_tool.lti.services.results import RESULT_SCOPE
from tests.fixtures.school import School
from tests.scores.marking import POINTS, hand_in, release

OTHERS = [scope for scope in claims.AGS_SCOPES if scope != RESULT_SCOPE]


@pytest.fixture
def no_results(school: School, monkeypatch: pytest.MonkeyPatch) -> School:
    """An LMS whose administrator did not allow reading results."""
    monkeypatch.setattr(claims, "AGS_SCOPES", OTHERS)
    monkeypatch.setattr(tokens, "GRANTED_SCOPES", OTHERS)
    return school


def deliver_to_the_end(school: School) -> None:
    """As many tries as it takes, of a few."""
    for _ in range(4):
        school.deliver()
        school.let_time_pass()


@pytest.mark.parametrize("product", ["canvas", "desire2learn", "moodle"])
@pytest.mark.parametrize("fault", ["500", "accept_then_drop"])
def test_a_second_try_needs_no_results(no_results: School, product: str, fault: str) -> None:
    no_results.lms.become(product=product)
    no_results.walk_in("tina", "desk")
    hand_in(no_results)
    release(no_results)
    no_results.lms.faults("scores", fault)
    deliver_to_the_end(no_results)
    assert no_results.lms.results() == {"alice": POINTS}
    newest = no_results.deliveries()[-1]
    assert (newest.state.value, newest.problem, newest.points) == ("sent", "", POINTS)
    assert newest.tries < 4


def test_where_a_grade_that_stands_cannot_be_seen_nobody_is_told_of_handing_in(no_results: School) -> None:
    no_results.lms.become(product="desire2learn")
    no_results.walk_in("tina", "desk")
    hand_in(no_results)
    assert no_results.deliveries() == []


def test_a_right_that_was_taken_away_meanwhile_wipes_no_grade(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    school.lms.become(product="desire2learn")
    school.walk_in("tina", "desk")
    hand_in(school)
    monkeypatch.setattr(claims, "AGS_SCOPES", OTHERS)
    school.walk_in("tina", "desk")
    school.deliver()
    assert school.lms.scores() == []
    assert [one.state.value for one in school.deliveries()] == ["overtaken"]


@pytest.mark.parametrize("product", ["canvas", "moodle"])
def test_a_right_that_a_launch_promises_and_no_token_gives_costs_no_grade(
    school: School, monkeypatch: pytest.MonkeyPatch, product: str
) -> None:
    monkeypatch.setattr(tokens, "GRANTED_SCOPES", OTHERS)
    school.lms.become(product=product)
    hand_in(school)
    release(school)
    school.lms.faults("scores", "accept_then_drop")
    deliver_to_the_end(school)
    assert school.lms.results() == {"alice": POINTS}
    assert school.deliveries()[-1].state.value == "sent"


def test_rights_are_known_also_where_only_the_links_own_column_is_offered(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims, "_service_claims", without_the_list(claims._service_claims))
    hand_in(school)
    assert school.context().lineitems_url == ""
    assert RESULT_SCOPE in school.context().grade_scopes


def without_the_list(service_claims: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The same claims, of a platform that lets no tool look for columns."""

    def fewer(*arguments: object) -> dict[str, Any]:
        offered = service_claims(*arguments)
        offered[f"{claims.AGS}claim/endpoint"].pop("lineitems")
        return offered

    return fewer
