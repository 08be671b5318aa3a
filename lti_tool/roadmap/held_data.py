"""What this room holds about people and courses. A map is its team's: what somebody wrote in it stays, unnamed."""

from lti_tool.held_data import Fate, Held, HeldData
from lti_tool.people.models import Actor, SchoolTeam
from lti_tool.roadmap.models import CalendarSubscription, MapChange, MapField, MapReference, MapRow, RoadMap
from lti_tool.texts import N_

OF_COURSE = (RoadMap.team_id, SchoolTeam.context_id)

HELD = HeldData(
    "roadmap",
    (
        Held(RoadMap, context=OF_COURSE),
        Held(MapRow, context=(MapRow.road_map_id, *OF_COURSE)),
        Held(
            MapField,
            (MapField.changed_by_id, Actor.user_id),
            (MapField.road_map_id, *OF_COURSE),
            Fate.KEPT,
            N_("Boxes of road maps last written in"),
        ),
        Held(MapReference, context=(MapReference.field_id, MapField.road_map_id, *OF_COURSE)),
        Held(
            CalendarSubscription,
            (CalendarSubscription.made_by_id, Actor.user_id),
            (CalendarSubscription.road_map_id, *OF_COURSE),
            Fate.KEPT,
            N_("Addresses for calendars that were made"),
            hidden=frozenset({"secret_hash", "sealed_secret"}),
        ),
        Held(
            MapChange,
            (MapChange.actor_id, Actor.user_id),
            (MapChange.road_map_id, *OF_COURSE),
            Fate.KEPT,
            N_("Changes of road maps"),
            hidden=frozenset({"before"}),
        ),
    ),
)
