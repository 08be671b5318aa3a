"""Whether this LMS keeps things for tools whose cookies are refused (LTI postMessage Storage), as somebody chose."""

from sqlalchemy.orm import Session

from lti_tool.demo.models import Setting

NAME = "storage_target"
FRAME = "demo_lms_storage"
"""The hidden frame beside the tool's, as Canvas has one."""
CHOICES = {
    "": "No, like Moodle",
    "_parent": "Yes, the page around the tool keeps them, like Sakai",
    FRAME: "Yes, a hidden frame beside the tool keeps them, like Canvas",
}


def storage_target(session: Session) -> str:
    """What a login says as `lti_storage_target`; empty where nothing is offered, as in Moodle 4.5."""
    chosen = session.get(Setting, NAME)
    return chosen.value if chosen else ""


def choose_storage(session: Session, target: str) -> None:
    """From now on offer this; raises KeyError for a target that is none of the choices."""
    if target not in CHOICES:
        raise KeyError(target)
    session.merge(Setting(name=NAME, value=target))
