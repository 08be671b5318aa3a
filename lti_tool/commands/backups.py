"""`partnerwise backup`, `restore` and `move-database`: all that an installation holds, in a file or elsewhere."""

from pathlib import Path

import click

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.database import Database
from lti_tool.operations.backups.backup_file import Manifest, opened_backup, write_backup
from lti_tool.operations.backups.database_tables import DatabaseTables
from lti_tool.operations.backups.file_contents import FileContents
from lti_tool.settings import Settings, with_driver


def _sources(database: Database, settings: Settings) -> tuple[DatabaseTables, FileContents]:
    """What an installation holds, in the order in which it is saved; it is restored the other way round.

    What rows name is read after them, and is there again before they are.
    """
    from lti_tool.app import make_store  # noqa: PLC0415 (the other commands start faster without it)

    tables = DatabaseTables(database, settings.secret_key.get_secret_value())
    return tables, FileContents(database, make_store(settings))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_settings
def backup(settings: Settings, file: Path) -> None:
    """Write all data into FILE, for you alone to read, while people go on working.

    Keep PARTNERWISE_SECRET_KEY apart from it: without that key a restored tool cannot sign.
    """
    with opened(settings) as database:
        tables, contents = _sources(database, settings)
        made = write_backup(file, (tables, contents))
    click.echo(f"{_counted(made)} are in {file} ({file.stat().st_size // 1024} KB).")
    if contents.missing:
        click.echo(f"note    The contents of {contents.missing} file(s) are not where PARTNERWISE_FILES_URL says.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@with_settings
def restore(settings: Settings, file: Path) -> None:
    """Take the data of FILE into an empty database, and bring it to the newest form."""
    with opened(settings) as database, opened_backup(file) as found:
        sources = _sources(database, settings)
        for source in sources:
            source.check(found)
        found.check()
        for source in reversed(sources):
            source.restore(found)
    click.echo(f"{_counted(found.manifest)} of {found.manifest.made_at:%Y-%m-%d %H:%M} UTC are back.")
    click.echo("Run `partnerwise doctor`, then start `partnerwise serve` and `partnerwise worker`.")


@click.command("move-database")
@click.argument("url")
@with_settings
def move_database(settings: Settings, url: str) -> None:
    """Copy all data from SQLite to the empty PostgreSQL database at URL. Stop `serve` and `worker` first.

    A password in URL can be seen by others on this machine while this runs: PGPASSWORD or ~/.pgpass keep it hidden.
    After a crash type the same again: nothing was kept.
    """
    from lti_tool.operations.backups.moving import move_database as move  # noqa: PLC0415 (the name is the command's)

    target = Database(with_driver(url))
    try:
        with opened(settings) as database:
            moved = move(database, target, settings.secret_key.get_secret_value())
    finally:
        target.close()
    click.echo(f"{sum(moved.values())} rows of {len(moved)} tables were copied and compared.")
    click.echo("Set PARTNERWISE_DATABASE_URL to the new address and start again. The old database is as it was.")


def _counted(made: Manifest) -> str:
    tables = [part for part in made.parts if part.name.startswith("tables/")]
    files = len(made.parts) - len(tables)
    return f"{sum(part.count for part in tables)} rows of {len(tables)} tables and {files} file(s)"
