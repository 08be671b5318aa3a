"""The trainer's desk: its blueprint, with the pages of the queue, marking, reviewing and calibration upon it."""

from lti_tool.grading.views import activity_kinds, calibration, marking, queue, reviewing, unit_scores
from lti_tool.grading.views.shared import blueprint

__all__ = ["activity_kinds", "blueprint", "calibration", "marking", "queue", "reviewing", "unit_scores"]
