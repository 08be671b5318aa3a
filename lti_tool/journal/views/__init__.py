"""The journal's pages: the overview, a piece with its editor, its earlier versions; and the activity `journal/…`."""

from lti_tool.journal.views import activity_kinds, attachments, entries, handing_in
from lti_tool.journal.views.shared import blueprint

__all__ = ["activity_kinds", "attachments", "blueprint", "entries", "handing_in"]
