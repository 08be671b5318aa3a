"""How often one may call: the numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The limits, in Flask-Limiter's words; several are parted by a semicolon."""

    writes: str = "120 per minute; 3600 per hour"
    """For one launch. Whoever types without a pause saves thirty times a minute."""
    files: str = "60 per minute; 600 per hour"
    """For one launch: road maps that are saved as files. A tab without cookies asks twice for each."""
    arrivals: str = "1200 per minute"
    """Logins from one address, and as many launches: a school of a thousand may stand behind it."""
    exports: str = "6 per hour"
    """Copies of what is kept about somebody, for one launch."""
    invitations: str = "20 per minute; 200 per hour"
    """Uses of invitations from one address, each of which calls an LMS."""
    calendars: str = "60 per minute; 1200 per hour"
    """Readings of road maps' days by calendars from one address, and guesses at such addresses."""
