"""What a person is here, from the roles that platforms give."""

import pytest

from lti_tool.lti.roles import role_of

CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership"
SCHOOL = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([CONTEXT + "#Instructor"], "trainer"),
        ([CONTEXT + "#ContentDeveloper"], "trainer"),
        ([CONTEXT + "/Instructor#TeachingAssistant"], "trainer"),
        ([CONTEXT + "/Instructor#Grader"], "trainer"),
        ([CONTEXT + "#Learner"], "trainee"),
        ([CONTEXT + "/Learner#GuestLearner"], "trainee"),
        ([CONTEXT + "#Mentor"], "observer"),
        ([CONTEXT + "#Administrator"], "administrator"),
        (["Instructor"], "trainer"),
        (["TeachingAssistant"], "trainer"),
        (["Learner"], "trainee"),
        (["Administrator"], "administrator"),
        ([SCHOOL + "Administrator"], "administrator"),
        ([SYSTEM + "Administrator"], "administrator"),
        ([SYSTEM + "SysAdmin"], "administrator"),
    ],
)
def test_each_role_of_the_vocabulary_has_its_place(roles: list[str], expected: str) -> None:
    assert role_of(roles) == expected


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ([SCHOOL + "Student"], "trainee"),
        ([SCHOOL + "Learner"], "trainee"),
        ([SCHOOL + "Instructor", SCHOOL + "Student"], "trainer"),
        ([SCHOOL + "Faculty"], "trainer"),
        ([SYSTEM + "Administrator", SCHOOL + "Instructor", SCHOOL + "Student"], "trainer"),
        ([SYSTEM + "Administrator", SCHOOL + "Student"], "administrator"),
        ([SCHOOL + "Mentor"], "observer"),
        ([SCHOOL + "Alumni"], "observer"),
        ([SCHOOL + "Student", "http://example.com/roles#Instructor"], "trainee"),
        ([CONTEXT + "#Mentor", SCHOOL + "Instructor"], "observer"),
        ([CONTEXT + "#Learner", SCHOOL + "Instructor"], "trainee"),
        ([CONTEXT + "#Manager", SCHOOL + "Student"], "observer"),
        (["Navigator", SCHOOL + "Instructor"], "observer"),
    ],
)
def test_roles_in_the_institution_stand_in_where_none_in_the_context_is_named(roles: list[str], expected: str) -> None:
    assert role_of(roles, by_institution=True) == expected


def test_a_role_in_the_context_beats_one_in_the_school_or_system() -> None:
    assert role_of([SCHOOL + "Administrator", CONTEXT + "#Learner"]) == "trainee"
    assert role_of([SYSTEM + "SysAdmin", CONTEXT + "#Mentor"]) == "observer"
    assert role_of([SCHOOL + "Instructor", CONTEXT + "#Learner"]) == "trainee"


def test_an_administrator_of_moodle_who_teaches_or_visits_is_a_trainer() -> None:
    assert role_of([SCHOOL + "Administrator", CONTEXT + "#Instructor", SYSTEM + "Administrator"]) == "trainer"


def test_of_several_roles_in_the_context_the_one_that_may_most_counts() -> None:
    assert role_of([CONTEXT + "#Mentor", CONTEXT + "#Learner"]) == "trainee"
    assert role_of([CONTEXT + "#Learner", CONTEXT + "#Instructor"]) == "trainer"


@pytest.mark.parametrize(
    "roles",
    [
        [],
        ["Navigator"],
        [""],
        ["instructor"],
        [SCHOOL + "Instructor"],
        [SCHOOL + "Faculty"],
        [CONTEXT + "#Manager"],
        ["http://purl.imsglobal.org/vocab/lis/v2/person#Instructor"],
        ["http://evil.example/membership#Instructor"],
        [CONTEXT + "#Instructor\n"],
        ["x" + CONTEXT + "#Instructor"],
    ],
)
def test_no_role_that_is_known_makes_an_observer(roles: list[str]) -> None:
    assert role_of(roles) == "observer"
