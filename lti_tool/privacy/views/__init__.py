"""The pages about one person: for themself, and for an administrator."""

from lti_tool.privacy.views import administered, own
from lti_tool.privacy.views.shared import blueprint

__all__ = ["administered", "blueprint", "own"]
