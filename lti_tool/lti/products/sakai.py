"""Sakai, from the source of its LTI provider (`sakailms.org` since 25)."""

from lti_tool.lti.products.profile import Product
from lti_tool.texts import N_

SAKAI = Product(
    codes=("sakai", "sakailms.org"),
    where_to_register=N_("in Sakai: Administration Workspace, External Tools, LTI Advantage Auto Provision"),
    remaining_steps=(
        N_(
            "In Sakai, open External Tools in the Administration Workspace and edit Partnerwise: send names, allow "
            "grades and the roster, allow Deep Link."
        ),
        N_("In a site, open Lessons, choose “Add learning app”, then Partnerwise."),
    ),
)
