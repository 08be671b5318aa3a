"""Logins and launches of people, from their beginning to their end."""
