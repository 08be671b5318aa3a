"""What this room holds about people and courses: nothing."""

from lti_tool.held_data import HeldData

HELD = HeldData("operations")
