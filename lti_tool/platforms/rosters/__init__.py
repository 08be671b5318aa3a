"""Reading the members of courses from platforms."""
