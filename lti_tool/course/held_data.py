"""What this room holds about people and courses."""

from lti_tool.course.models import Extension, PlacedActivity, UnitProgress, WrittenPrompt
from lti_tool.held_data import Fate, Held, HeldData
from lti_tool.texts import N_

EXTENDED = (Extension.placed_id, PlacedActivity.context_id)

HELD = HeldData(
    "course",
    (
        Held(
            UnitProgress,
            (UnitProgress.user_id,),
            (UnitProgress.context_id,),
            what=N_("Units, each with the pages seen and the answers given"),
        ),
        Held(Extension, (Extension.user_id,), EXTENDED, what=N_("More time, as a trainer gave it")),
        Held(Extension, (Extension.given_by_id,), EXTENDED, Fate.KEPT, N_("More time given to others")),
        Held(PlacedActivity, context=(PlacedActivity.context_id,)),
        Held(WrittenPrompt, context=(WrittenPrompt.context_id,)),
    ),
    loose=(PlacedActivity.origin_id, WrittenPrompt.origin_id),
)
