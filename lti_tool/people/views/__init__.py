"""The members page: who is in the course, who has left, and how old that knowledge is."""

from flask_babel import lazy_gettext

from lti_tool.activities import Tab
from lti_tool.people.views.members import blueprint

TABS = (Tab("people", "people.members", lazy_gettext("People"), lambda visit: visit.judges),)

__all__ = ["TABS", "blueprint"]
