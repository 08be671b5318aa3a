"""Open edX, from the source of its LTI consumer (xblock-lti-consumer, `lti_1p3/constants.py` and `plugin/urls.py`)."""

from lti_tool.lti.products.profile import Product

OPEN_EDX = Product(
    codes=("openedx", "edx"),
    # Its launches have no `tool_platform`, so that its addresses have to tell.
    login_path="/lti_consumer/v1/",
    # `institution/person#Student` for learners, `#Instructor` beside it for the course's team.
    sends_institution_roles_only=True,
)
