"""Numbers as platforms send them, and those that they leave out."""

import math


def finite(value: object) -> float | None:
    """The number, or None for what is no number that can be reckoned with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
