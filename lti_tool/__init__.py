"""Partnerwise inside an LMS: an LTI 1.3 tool with a road-map planner, a journal, a trainer's desk and the course."""
