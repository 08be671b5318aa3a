"""What an administrator still has to do in the LMS after a registration, by its product, in the order of doing."""

from collections.abc import Sequence
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

_BLACKBOARD: Final[tuple[LazyString, ...]] = (
    _("In Blackboard, go to the Administrator Panel, LTI Tool Providers, open Partnerwise and approve it."),
    _(
        "In its institution policies send the role and the name, and allow the grade service and the membership "
        "service."
    ),
    _("In a course, choose “Content market”, then Partnerwise."),
)
_SAKAI: Final = (
    _(
        "In Sakai, open External Tools in the Administration Workspace and edit Partnerwise: send names, allow grades "
        "and the roster, allow Deep Link."
    ),
    _("In a site, open Lessons, choose “Add learning app”, then Partnerwise."),
)
_STEPS: Final[dict[str, tuple[LazyString, ...]]] = {
    "moodle": (
        _(
            "In Moodle, go to Site administration, Plugins, External tool, Manage tools. Partnerwise stands there as "
            "“Pending”: press Activate."
        ),
        _(
            "Press the pencil on its tile (“Edit”). Under “Tool configuration usage” choose “Show in activity chooser "
            "and as a preconfigured tool”, and save."
        ),
        _("In a course, press “Add an activity”, choose Partnerwise, then “Select content”."),
    ),
    "canvas": (
        _(
            "Go through the summary that Canvas shows when this page closes, and leave the permissions as they are. "
            "Then switch the app on."
        ),
        _(
            "If the app does not show up in your courses, open the account's Settings, Apps, and add it by its client "
            "id."
        ),
        _("In a course, add an item to a module or make an assignment, choose “External tool”, then Partnerwise."),
    ),
    "desire2learn": (
        _(
            "In Brightspace, go to Manage Extensibility, LTI Advantage, open Partnerwise and switch the "
            "registration on."
        ),
        _(
            "Make a deployment: name it, switch on the extensions for grades, deep linking and names and roles, share "
            "names, and choose the courses."
        ),
        _("In a course, choose “Add existing”, then Partnerwise."),
    ),
    "blackboardlearn": _BLACKBOARD,
    "blackboard": _BLACKBOARD,
    "sakai": _SAKAI,
    "sakailms.org": _SAKAI,
}
_ANYWHERE: Final[tuple[LazyString, ...]] = (
    _(
        "In your LMS, look for Partnerwise among the external tools. Switch it on, and let it see names, the gradebook "
        "and the course's members."
    ),
    _("In a course, add an external tool, choose Partnerwise, then pick the activities."),
)


def remaining_steps(product: str) -> Sequence[LazyString]:
    """The steps for this product, else those that hold for any."""
    steps: Sequence[LazyString] = _STEPS.get(product.lower(), _ANYWHERE)
    return steps
