"""The planner: one road map a school team, written together, field by field."""
