"""How a platform and this tool register with each other (LTI Dynamic Registration 1.0)."""
