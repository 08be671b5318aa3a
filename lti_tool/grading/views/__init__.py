"""The trainer's desk: its blueprint, with the pages of the queue, of marking and of reviewing upon it."""

from lti_tool.grading.views import activity_kinds, marking, queue, reviewing, unit_scores
from lti_tool.grading.views.shared import blueprint

__all__ = ["activity_kinds", "blueprint", "marking", "queue", "reviewing", "unit_scores"]
