"""The trainer's desk: its blueprint, with the pages of the queue and of marking upon it."""

from lti_tool.grading.views import marking, queue
from lti_tool.grading.views.shared import blueprint

__all__ = ["blueprint", "marking", "queue"]
