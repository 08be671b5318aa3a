"""Brightspace, from its documentation of LTI Advantage. Its audience of assertions comes with each registration."""

from lti_tool.lti.products.profile import Product
from lti_tool.texts import N_

BRIGHTSPACE = Product(
    codes=("desire2learn",),
    hosts=frozenset({"brightspace.com", "desire2learn.com", "d2l.com"}),
    where_to_register=N_("in Brightspace: Manage Extensibility, LTI Advantage, Register Tool, Dynamic"),
    remaining_steps=(
        N_(
            "In Brightspace, go to Manage Extensibility, LTI Advantage, open Partnerwise and switch the "
            "registration on."
        ),
        N_(
            "Make a deployment: name it, switch on the extensions for grades, deep linking and names and roles, share "
            "names, and choose the courses."
        ),
        N_("In a course, choose “Add existing”, then Partnerwise."),
    ),
)
