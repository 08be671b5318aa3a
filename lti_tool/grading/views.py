"""The trainer's desk: its blueprint, with the pages of the queue and of marking upon it."""

from lti_tool.grading import marking_views, queue_views
from lti_tool.grading.blueprint import blueprint

__all__ = ["blueprint", "marking_views", "queue_views"]
