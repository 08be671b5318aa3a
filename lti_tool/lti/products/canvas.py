"""Canvas, from its documentation of `scores` and of dynamic registration, and from its source."""

from typing import Final

from lti_tool.lti.products.profile import Product
from lti_tool.texts import N_

_OWN: Final = "https://canvas.instructure.com/lti/"

CANVAS = Product(
    codes=("canvas",),
    takes_scores_twice=True,
    # It says 400 to a score that is older than what it has.
    conflict_statuses=frozenset({400, 409}),
    # It counts each score as a new submission unless it is told otherwise.
    submission_claim=f"{_OWN}submission",
    registration_settings=((f"{_OWN}privacy_level", "name_only"), (f"{_OWN}tool_id", "partnerwise")),
    course_menu_settings=((f"{_OWN}course_navigation/default_enabled", False),),
    takes_translated_labels=False,
    deploys_later=True,
    hosts=frozenset({"instructure.com", "canvaslms.com"}),
    where_to_register=N_("in Canvas: Admin, Apps, “Install a New App”, or Developer Keys, LTI Registration"),
    remaining_steps=(
        N_(
            "Go through the summary that Canvas shows when this page closes, and leave the permissions as they are. "
            "Then switch the app on."
        ),
        N_(
            "If the app does not show up in your courses, open the account's Settings, Apps, and add it by its client "
            "id."
        ),
        N_("In a course, add an item to a module or make an assignment, choose “External tool”, then Partnerwise."),
    ),
)
