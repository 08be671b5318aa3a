"""Registered platforms: made, checked, looked up."""
