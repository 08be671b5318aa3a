"""A course's texts as HTML."""
