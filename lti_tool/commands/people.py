"""`partnerwise people`: what the operator does for one person."""

import click
from sqlalchemy.orm import Session

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.errors import NotFound
from lti_tool.people.finding import MOST_FOUND, courses_of, find_people
from lti_tool.people.models import User
from lti_tool.platforms.launches.ending import end_of_user
from lti_tool.settings import Settings

NUMBER = click.argument("number", type=click.IntRange(1, 2**31 - 1))


@click.group()
def people() -> None:
    """The people who have come from an LMS; NUMBER is the one that `find` shows."""


@people.command("find")
@click.argument("text")
@click.option("--platform", type=int, metavar="NUMBER", help="Only people of this LMS, as `platforms list` shows it.")
@with_settings
def find(settings: Settings, text: str, platform: int | None) -> None:
    """Show whose name holds TEXT, or who has exactly this id in the LMS, with their courses."""
    with opened(settings) as database, database.transaction(write=False) as session:
        found = find_people(session, text, platform)
        for one in found:
            courses = "; ".join(courses_of(session, one.id)) or "no course"
            click.echo(f"{one.id}  {one.name or 'name withheld'}  LMS {one.registration_id}  {courses}")
    if not found:
        click.echo("Nobody was found.")
    elif len(found) == MOST_FOUND:
        click.echo(f"These are the first {MOST_FOUND}; give more of the name.")


@people.command("close-pages")
@NUMBER
@with_settings
def close_pages(settings: Settings, number: int) -> None:
    """Close all pages that one person has open, in every browser. Nothing is lost; they come anew from the LMS."""
    with opened(settings) as database, database.transaction() as session:
        ended = end_of_user(session, the_person(session, number).id)
    click.echo(f"{ended} open page(s) of person {number} were closed.")


def the_person(session: Session, number: int) -> User:
    """The person with this number; raises NotFound with a sentence for the operator."""
    found = session.get(User, number)
    if found is None:
        raise NotFound(f"Nobody has the number {number}. `partnerwise people find TEXT` shows them.")
    return found
