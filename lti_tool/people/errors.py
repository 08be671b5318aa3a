"""What the people's room refuses: teams and rosters."""

from lti_tool.errors import BadInput, Explanation, NotAllowed, NotPossibleNow, TooMany
from lti_tool.texts import N_


class TooManyTeams(TooMany):
    """The course has as many teams as it can hold."""

    explanation = Explanation(
        N_("This course has as many teams as it can"),
        N_("Two hundred teams can be founded in one course. Yours was not added."),
        N_("Join your school's team if it is in the list, or ask your trainer."),
    )


class FoundedTooMany(TooManyTeams):
    """One person has founded as many teams of the course as one may."""

    explanation = Explanation(
        N_("You have founded several teams here already"),
        N_("One person can found five teams of a course. Nothing was changed."),
        N_("Join one of them, or ask a colleague to found the team."),
    )


class TeamCodeWrong(BadInput):
    """The team asks for a code, and this is not the one."""

    explanation = Explanation(
        N_("That is not the team's code"),
        N_("This team lets in only who knows its code. You have not joined it."),
        N_("Ask somebody of the team, or your trainer, for the code, and type it once more."),
    )


class NoTeamYet(NotAllowed):
    """A road map belongs to a school team, and this person is in none."""

    explanation = Explanation(
        N_("You are not in a school team"),
        N_("A road map belongs to a team. You are in none here, or you left it. What the team wrote is safe."),
        N_("Open the road map again from your course, then join your school's team."),
    )


class TeamOfGroup(NotAllowed):
    """The team is a course group: the platform alone says who is in it."""

    explanation = Explanation(
        N_("Your LMS says who is in this team"),
        N_("It is a group of your course: nobody joins or leaves it here. Nothing was changed."),
        N_("Ask your trainer to put you into the right group. A few minutes later you are in its team."),
    )


class TeamNameTaken(NotPossibleNow):
    """The course has a team of that name already."""

    explanation = Explanation(
        N_("There is a team of that name already"),
        N_("Two teams of one course cannot have the same name. Nothing was changed."),
        N_("Join that team if it is yours, or choose another name."),
    )


class InAnotherTeam(NotPossibleNow):
    """A person is in one team of a course, and this one is in another."""

    explanation = Explanation(
        N_("You are in another team"),
        N_("A person can be in one school team of a course. Nothing was changed."),
        N_("Leave your team first, then join the other one."),
    )


class NoRoster(NotPossibleNow):
    """The platform does not say who is in the course."""

    explanation = Explanation(
        N_("Your LMS does not say who is in the course"),
        N_("It shares no list of names and roles with this tool. Nothing was changed."),
        N_("Ask your administrator to let it, or go on with those who have opened an activity."),
    )
