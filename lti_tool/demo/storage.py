"""What this LMS does for the tool in its frame, as somebody chose: keep things for it (LTI postMessage Storage), follow
the height of its page.
"""

from sqlalchemy.orm import Session

from lti_tool.demo.models import Setting

NAME = "storage_target"
FRAME = "demo_lms_storage"
"""The hidden frame beside the tool's, as Canvas has one."""
CHOICES = {
    "": "like Moodle: it does nothing for the tool",
    "_parent": "like Sakai: the page around the tool keeps things for it, and follows its height",
    FRAME: "like Canvas: a hidden frame beside the tool keeps things for it, and the page follows its height",
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
