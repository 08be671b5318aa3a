"""Addresses for monitoring."""
