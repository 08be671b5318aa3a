"""Moodle, as seen on 4.5.6."""

from lti_tool.lti.products.profile import Product
from lti_tool.texts import N_

MOODLE = Product(
    codes=("moodle",),
    # It announces `window` for deep links and ignores it: the link keeps the tool's default, a frame.
    keeps_new_tab=False,
    wipes_grades=True,
    sends_unannounced_reviews=True,
    where_to_register=N_(
        "in Moodle: Site administration, Plugins, External tool, Manage tools, “Tool URL”, then “Add LTI Advantage”"
    ),
    remaining_steps=(
        N_(
            "In Moodle, go to Site administration, Plugins, External tool, Manage tools. Partnerwise stands there as "
            "“Pending”: press Activate."
        ),
        N_(
            "Press the pencil on its tile (“Edit”). Under “Tool configuration usage” choose “Show in activity chooser "
            "and as a preconfigured tool”, and save."
        ),
        N_("In a course, press “Add an activity”, choose Partnerwise, then “Select content”."),
    ),
)
