"""What this room holds about people and courses."""

from lti_tool.held_data import Fate, Held, HeldData
from lti_tool.people.models import Actor, Context, Membership, ResourceLink, SchoolTeam, TeamMember, User
from lti_tool.texts import N_

HELD = HeldData(
    "people",
    (
        Held(
            User,
            (User.id,),
            fate=Fate.EMPTIED,
            what=N_("Name and id, as the LMS tells them"),
            hidden=frozenset({"search_name"}),
        ),
        Held(Actor, (Actor.user_id,), fate=Fate.KEPT),
        Held(
            Membership,
            (Membership.user_id,),
            (Membership.context_id,),
            what=N_("Courses, each with the role and the last visit"),
        ),
        Held(TeamMember, (TeamMember.user_id,), (TeamMember.context_id,), what=N_("Memberships of school teams")),
        Held(
            SchoolTeam,
            (SchoolTeam.founded_by_id,),
            (SchoolTeam.context_id,),
            Fate.KEPT,
            N_("School teams founded"),
            hidden=frozenset({"code", "search_name"}),
        ),
        Held(ResourceLink, context=(ResourceLink.context_id,)),
        Held(Context, context=(Context.id,)),
    ),
    loose=(Context.copied_from_id,),
)
