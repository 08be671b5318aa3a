"""Calls to a platform's services: grades, members, groups (AGS 2.0; NRPS 2.0; Course Groups Service 1.0)."""
