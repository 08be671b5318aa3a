"""`partnerwise courses`: which courses nobody opens any more, and when they go."""

from datetime import timedelta

import click

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.database import now
from lti_tool.settings import Settings


@click.group()
def courses() -> None:
    """The courses that have been opened from an LMS."""


@courses.command("unused")
@click.option("--days", type=click.IntRange(1), metavar="NUMBER", help="Instead of PARTNERWISE_KEEP_DAYS.")
@with_settings
def unused(settings: Settings, days: int | None) -> None:
    """Show the courses that nobody has opened for so many days, with their last opening. Nothing is changed."""
    from lti_tool.privacy.retention import unused_courses  # noqa: PLC0415 (the other commands start faster without it)

    days = days or settings.keep_days
    if not days:
        raise click.UsageError("PARTNERWISE_KEEP_DAYS is 0: no course goes by itself. Say --days NUMBER.")
    with opened(settings) as database, database.transaction(write=False) as session:
        found = unused_courses(session, now() - timedelta(days=days))
    for one in found:
        click.echo(f"{one.id}  {one.opened_at:%Y-%m-%d}  {one.label}: {one.title or 'without a title'}")
    click.echo(f"{len(found)} course(s) have not been opened for {days} days.{_what_comes(settings, len(found))}")


def _what_comes(settings: Settings, number: int) -> str:
    if not settings.keep_days:
        return " PARTNERWISE_KEEP_DAYS is 0, so they stay."
    return f" The worker erases what was not opened for {settings.keep_days} days." if number else ""
