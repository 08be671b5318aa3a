"""The members page: who is in the course, who has left, and how old that knowledge is."""

from lti_tool.people.views.members import blueprint

__all__ = ["blueprint"]
