"""What a course is made of: frozen pydantic models."""
