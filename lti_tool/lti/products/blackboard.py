"""Blackboard, from its documentation of LTI Advantage."""

from lti_tool.lti.products.profile import Product
from lti_tool.texts import N_

BLACKBOARD = Product(
    codes=("blackboardlearn", "blackboard"),
    hosts=frozenset({"blackboard.com"}),
    where_to_register=N_("in Blackboard: Administrator Panel, LTI Tool Providers, Register, Dynamic Registration"),
    remaining_steps=(
        N_("In Blackboard, go to the Administrator Panel, LTI Tool Providers, open Partnerwise and approve it."),
        N_(
            "In its institution policies send the role and the name, and allow the grade service and the membership "
            "service."
        ),
        N_("In a course, choose “Content market”, then Partnerwise."),
    ),
)
