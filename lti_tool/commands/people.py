"""`partnerwise people`: what the operator does for one person."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click
from sqlalchemy.orm import Session

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.errors import NotFound
from lti_tool.held_data import Fate, Scope
from lti_tool.operations.errors import NotDone
from lti_tool.people.finding import MOST_FOUND, courses_of, find_people
from lti_tool.people.models import User
from lti_tool.platforms.audit_trail import OPERATOR, write_down
from lti_tool.platforms.launches.ending import end_of_user
from lti_tool.security_log import Event
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
        ended = end_of_user(session, the_person(session, number), by=OPERATOR)
    click.echo(f"{ended} open page(s) of person {number} were closed.")


@people.command("erase")
@NUMBER
@click.option("--dry-run", is_flag=True, help="Only say what would be erased and what would stay.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_settings
def erase(settings: Settings, number: int, *, dry_run: bool, yes: bool) -> None:
    """Erase what is kept about one person in all courses of their LMS, and close their pages; for good."""
    from lti_tool.privacy.erasure import erase_person  # noqa: PLC0415

    with opened(settings) as database:
        with database.transaction(write=False) as session:
            _tell_what_goes(session, the_person(session, number))
        if dry_run:
            return
        if not yes:
            click.confirm(f"Erase this of person {number}?", abort=True)
        with database.transaction() as session:
            erase_person(session, the_person(session, number), by=OPERATOR)
    click.echo(f"Person {number} is erased. The LMS keeps what is its own, and earlier backups hold what they held.")


def _tell_what_goes(session: Session, person: User) -> None:
    from lti_tool.privacy.holdings import holdings  # noqa: PLC0415

    for one in holdings(session, Scope(person.id)):
        fate = "stays, without the name" if one.fate is Fate.KEPT else "is erased"
        click.echo(f"{one.count:>6}  {one.what}: {fate}")


@people.command("export")
@NUMBER
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_settings
def export(settings: Settings, number: int, file: Path) -> None:
    """Write a copy of all that is kept about one person into FILE, a ZIP for you alone to read."""
    from lti_tool.app import make_store  # noqa: PLC0415 (the other commands start faster without it)
    from lti_tool.privacy.export import export_person  # noqa: PLC0415

    with opened(settings) as database:
        with database.transaction() as session:
            person = the_person(session, number)
            number_of_lms = person.registration_id
            write_down(session, Event.PERSON_EXPORTED, by=OPERATOR, registration=number_of_lms, person=number)
        with _new_file(file) as target:
            export_person(database, make_store(settings), number, target, str)
    click.echo(f"What is kept about person {number} is in {file} ({file.stat().st_size // 1024} KB).")


@contextmanager
def _new_file(file: Path) -> Iterator[IO[bytes]]:
    """A file that is there whole, for its owner alone, or not at all; raises NotDone where there is one already."""
    try:
        opened_file = os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b")
    except FileExistsError:
        raise NotDone(f"{file} is there already and stays as it is. Give the copy another name.") from None
    try:
        with opened_file:
            yield opened_file
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def the_person(session: Session, number: int) -> User:
    """The person with this number; raises NotFound with a sentence for the operator."""
    found = session.get(User, number)
    if found is None:
        raise NotFound(f"Nobody has the number {number}. `partnerwise people find TEXT` shows them.")
    return found
