"""What an administrator still has to do in the LMS after a registration, by its product, in the order of doing."""

from collections.abc import Sequence
from typing import Final

from flask_babel import gettext as _

from lti_tool.lti.products import find_product
from lti_tool.texts import N_

_ANYWHERE: Final = (
    N_(
        "In your LMS, look for Partnerwise among the external tools. Switch it on, and let it see names, the gradebook "
        "and the course's members."
    ),
    N_("In a course, add an external tool, choose Partnerwise, then pick the activities."),
)


def remaining_steps(product: str) -> Sequence[str]:
    """The steps for this product, else those that hold for any; in the language of the page."""
    return [_(step) for step in find_product(product).remaining_steps or _ANYWHERE]
