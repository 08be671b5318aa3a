"""What this room holds about people and courses."""

from lti_tool.held_data import Held, HeldData
from lti_tool.scores.models import Delivery, LineItem
from lti_tool.texts import N_

HELD = HeldData(
    "scores",
    (
        Held(
            Delivery,
            (Delivery.user_id,),
            (Delivery.line_item_id, LineItem.context_id),
            what=N_("Scores, each with whether the LMS has it"),
            hidden=frozenset({"claim"}),
        ),
        Held(LineItem, context=(LineItem.context_id,)),
    ),
)
