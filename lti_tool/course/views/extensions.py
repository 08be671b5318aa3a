"""More time for one person or one school team: a trainer chooses whom, sets the day, and takes it away again."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.errors import NoMoreTime, NothingToExtend
from lti_tool.course.extensions import (
    end_extension,
    find_extension,
    give_person_time,
    give_team_time,
    times_of,
)
from lti_tool.course.models import Extension, PlacedActivity
from lti_tool.course.placed_activities import placed_by_id
from lti_tool.course.prompts import find_prompt, prompt_id_of
from lti_tool.course.views.shared import blueprint, read_moment, trainers_visit
from lti_tool.errors import BadInput, NotFound
from lti_tool.people.members import find_member, page_of_members
from lti_tool.people.models import Role
from lti_tool.people.team_lists import FEW_TEAMS, page_of_teams
from lti_tool.people.teams import find_team
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import number_in_query

USUAL = timedelta(days=7)
"""How much more time the form offers at first."""
PLACED = "/placed/<int:placed_id>/more-time"


@dataclass(frozen=True)
class Whom:
    """Who is to get more time."""

    name: str
    user_id: int | None = None
    team_id: int | None = None


@blueprint.get(PLACED)
def whom_to_give_time(placed_id: str) -> ResponseReturnValue:
    """Choose a person or a school team."""
    found = _find(placed_id)
    search = request.args.get("search", "")
    return render_template(
        "course/more_time_whom.html",
        found=found,
        title=_title(found),
        teams=page_of_teams(db(), found.context_id, search, number_in_query("teams", 1)),
        few_teams=FEW_TEAMS,
        search=search,
        people=page_of_members(db(), found.context_id, number_in_query("page", 1)),
        trainee=Role.TRAINEE,
    )


@blueprint.get(PLACED + "/person/<int:user_id>")
def persons_time(placed_id: str, user_id: int) -> ResponseReturnValue:
    """The form for one person."""
    found = _find(placed_id)
    return _page(found, _person(found, user_id))


@blueprint.post(PLACED + "/person/<int:user_id>")
def give_persons_time(placed_id: str, user_id: int) -> ResponseReturnValue:
    """Give one person more time."""
    found = _find(placed_id)
    return _give(found, _person(found, user_id))


@blueprint.get(PLACED + "/team/<int:team_id>")
def teams_time(placed_id: str, team_id: int) -> ResponseReturnValue:
    """The form for a school team."""
    found = _find(placed_id)
    return _page(found, _team(found, team_id))


@blueprint.post(PLACED + "/team/<int:team_id>")
def give_teams_time(placed_id: str, team_id: int) -> ResponseReturnValue:
    """Give a school team more time."""
    found = _find(placed_id)
    return _give(found, _team(found, team_id))


@blueprint.post(PLACED + "/<int:extension_id>/end")
def end_more_time(placed_id: str, extension_id: int) -> ResponseReturnValue:
    """Let the dates that everybody has hold again."""
    found = _find(placed_id)
    end_extension(db(), found, extension_id)
    flash(_("The dates that everybody has hold again."), "good")
    return redirect(url_for("course.placed_times", placed_id=found.id))


def _give(found: PlacedActivity, whom: Whom) -> ResponseReturnValue:
    typed, trainer = request.form.get("until", ""), trainers_visit().user.id
    try:
        until = read_moment(typed)
        if until is None:
            raise BadInput("no moment")
        if whom.team_id is not None:
            give_team_time(db(), found, whom.team_id, until, given_by_id=trainer)
        elif whom.user_id is not None:
            give_person_time(db(), found, whom.user_id, until, given_by_id=trainer)
    except NoMoreTime as refusal:
        return _page(found, whom, typed, _("Choose a time after the one that everybody has.")), refusal.status
    except BadInput as refusal:
        return _page(found, whom, typed, _("Write a date and a time.")), refusal.status
    flash(_("%(who)s has more time. Their journal says so.", who=whom.name), "good")
    return redirect(_back(found, whom))


def _back(found: PlacedActivity, whom: Whom) -> str:
    """The piece from which the trainer came, or the activity's page."""
    if request.args.get("back") == "piece" and whom.user_id is not None:
        return url_for("grading.review", prompt_id=prompt_id_of(found.activity), user_id=whom.user_id)
    return url_for("course.placed_times", placed_id=found.id)


def _page(found: PlacedActivity, whom: Whom, typed: str | None = None, error: str = "") -> str:
    given = find_extension(db(), found, user_id=whom.user_id, team_id=whom.team_id)
    return render_template(
        "course/more_time.html",
        found=found,
        title=_title(found),
        whom=whom,
        given=given,
        until=_offered(found, given) if typed is None else typed,
        error=error,
        times=times_of(found, None),
        back=_back(found, whom),
    )


def _offered(found: PlacedActivity, given: Extension | None) -> str:
    ends = [end for end in (found.due_at, found.closes_at) if end is not None]
    moment: datetime = given.until if given else max(ends) + USUAL
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def _find(placed_id: str) -> PlacedActivity:
    """A prompt that was placed with a date; raises NotFound for any other activity, NothingToExtend without a date."""
    found = placed_by_id(db(), trainers_visit().context.id, int(placed_id))
    if prompt_id_of(found.activity) is None:
        raise NotFound("prompt")
    if found.due_at is None and found.closes_at is None:
        raise NothingToExtend("no dates")
    return found


def _title(found: PlacedActivity) -> str:
    prompt_id = prompt_id_of(found.activity) or ""
    return found.title or find_prompt(db(), parts().course, found.context_id, prompt_id, course_language()).title


def _person(found: PlacedActivity, user_id: int) -> Whom:
    person = find_member(db(), found.context_id, user_id)
    if person is None:
        raise NotFound("nobody of this course")
    return Whom(person.shown_name, user_id=person.id)


def _team(found: PlacedActivity, team_id: int) -> Whom:
    team = find_team(db(), found.context_id, team_id)
    return Whom(team.name, team_id=team.id)
