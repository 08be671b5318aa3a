"""Our demo LMS (`lti_tool/demo/`): it behaves like Moodle, and one person plays everybody in it."""

from dataclasses import replace

from lti_tool.lti.products.moodle import MOODLE

DEMO = replace(MOODLE, codes=("partnerwise-demo",), where_to_register="", several_people_a_browser=True)
