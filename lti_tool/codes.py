"""Short random codes that people read out and type: references of error pages, and codes of school teams."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""None that look alike."""


def new_code() -> str:
    """A code like `K7QM-2XHD`; there are nearly a million million (39 bits)."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in "ab")
