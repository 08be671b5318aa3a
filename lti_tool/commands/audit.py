"""`partnerwise audit`: who has done what that administrators answer for."""

import click

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.platforms.audit_trail import page_of_records
from lti_tool.platforms.models import AuditRecord
from lti_tool.settings import Settings


@click.command()
@click.option("--platform", type=int, metavar="NUMBER", help="Only what was done to this LMS and its people.")
@click.option("--page", default=1, show_default=True, metavar="NUMBER", help="Which hundred, counted from the newest.")
@with_settings
def audit(settings: Settings, platform: int | None, page: int) -> None:
    """Show who changed registrations, closed pages, gave out or erased what is kept, newest first."""
    with opened(settings) as database, database.transaction(write=False) as session:
        records, place = page_of_records(session, page, registration=platform)
        for one in records:
            click.echo(_line(one))
    click.echo(f"page {place.number} of {place.count}" if records else "Nothing was done yet.")


def _line(one: AuditRecord) -> str:
    about = {"LMS": one.registration, "course": one.course, "person": one.person}
    told = "  ".join(f"{name} {number}" for name, number in about.items() if number is not None)
    return (
        f"{one.at:%Y-%m-%d %H:%M}  {one.actor}  {one.what}{f' ({one.change})' if one.change else ''}  {told}".rstrip()
    )
