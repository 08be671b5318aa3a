"""Certification's launches, and those beyond: what must pass passes, what must not is refused for the right reason."""

from collections.abc import Callable

import pytest

from lti_tool.lti.launch.verification import Launch
from tests.lti import cases
from tests.lti.cases import Case

LaunchCase = Callable[[Case], Launch]


def test_certification_has_twelve_bad_and_eighteen_valid_launches() -> None:
    assert sum(case.is_good for case in cases.certification) == 18
    assert sum(not case.is_good for case in cases.certification) == 12


@pytest.mark.parametrize("case", [case for case in cases.certification if case.is_good], ids=str)
def test_a_valid_launch_of_certification_passes(case: Case, launch_case: LaunchCase) -> None:
    assert launch_case(case).subject == "4"


@pytest.mark.parametrize("case", [case for case in cases.certification if not case.is_good], ids=str)
def test_a_bad_launch_of_certification_is_refused(case: Case, launch_case: LaunchCase) -> None:
    assert case.refusal is not None
    with pytest.raises(case.refusal) as refused:
        launch_case(case)
    assert type(refused.value) is case.refusal


@pytest.mark.parametrize("case", [case for case in cases.beyond_certification if case.is_good], ids=str)
def test_a_valid_launch_beyond_certification_passes(case: Case, launch_case: LaunchCase) -> None:
    assert launch_case(case).subject == "4"


@pytest.mark.parametrize("case", [case for case in cases.beyond_certification if not case.is_good], ids=str)
def test_a_bad_launch_beyond_certification_is_refused(case: Case, launch_case: LaunchCase) -> None:
    assert case.refusal is not None
    with pytest.raises(case.refusal) as refused:
        launch_case(case)
    assert type(refused.value) is case.refusal
