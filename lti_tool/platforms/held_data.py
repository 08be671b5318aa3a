"""What this room holds about people and courses."""

from lti_tool.held_data import Fate, Held, HeldData
from lti_tool.platforms.models import Launch, PickingRequest
from lti_tool.texts import N_

SECRETS = frozenset({"id", "browser_hash", "computer_hash", "storage_target", "sealed_return_url"})

HELD = HeldData(
    "platforms",
    (
        Held(
            Launch,
            (Launch.user_id,),
            (Launch.context_id,),
            Fate.KEPT,
            N_("Openings from the LMS, for a week after their end"),
            hidden=SECRETS,
        ),
        # Somebody else's opening of this person's work.
        Held(Launch, (Launch.about_user_id,), (Launch.context_id,), Fate.KEPT, is_told=False),
        Held(
            PickingRequest,
            (PickingRequest.launch_id, Launch.user_id),
            (PickingRequest.launch_id, Launch.context_id),
            Fate.KEPT,
            is_told=False,
        ),
    ),
)
