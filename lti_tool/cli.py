"""`partnerwise`: everything an operator types."""

import importlib
import sys
from types import ModuleType

import click

from lti_tool.commands.audit import audit
from lti_tool.commands.backups import backup, move_database, restore
from lti_tool.commands.command_group import CommandGroup, opened, with_settings
from lti_tool.commands.courses import courses
from lti_tool.commands.keys import keys
from lti_tool.commands.people import people
from lti_tool.commands.platforms import platforms
from lti_tool.engines import exists
from lti_tool.settings import Settings


def _host_and_port(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """An address to listen on, such as 127.0.0.1:9464 or [::1]:9464."""
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not (host and port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise click.BadParameter(f"{value!r} is no HOST:PORT, such as 127.0.0.1:9464.")
    return host, int(port)


METRICS = click.option(
    "--metrics",
    callback=_host_and_port,
    metavar="HOST:PORT",
    help="Answer Prometheus at /metrics of this address, which must be out of everybody else's reach; off by default.",
)


@click.group(cls=CommandGroup)
def main() -> None:
    """Parental-engagement training inside your LMS: journal, road map and course units by LTI 1.3."""


def serving() -> ModuleType:
    """The processes, loaded only by the commands that start one: the others answer a second sooner."""
    return importlib.import_module("lti_tool.serving")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@METRICS
@with_settings
def serve(settings: Settings, host: str, port: int, metrics: tuple[str, int] | None) -> None:
    """Serve the tool."""
    serving().serve_app(settings, host, port, metrics)


@main.command()
@METRICS
@with_settings
def worker(settings: Settings, metrics: tuple[str, int] | None) -> None:
    """Send grades to the LMS and read who is in its courses, in the background; runs beside `serve`."""
    serving().work(settings, metrics)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, help="The port to listen on.")
@with_settings
def demo(settings: Settings, host: str, port: int) -> None:
    """Serve a small LMS to try the tool in; never for real courses."""
    serving().serve_demo(settings, host, port)


@main.command("demo-class")
@with_settings
def demo_class(settings: Settings) -> None:
    """Do the work of the demo LMS's class of twelve, once; the tool and the demo LMS have to run."""
    from lti_tool.app import COURSE  # noqa: PLC0415 (as in `migrate`)
    from lti_tool.course.bundle import read_bundle  # noqa: PLC0415
    from lti_tool.demo.class_work import Demo, do_class_work  # noqa: PLC0415

    done = settings.data_dir / "demo-class"
    if not done.exists():
        do_class_work(Demo(settings.demo_url, settings.base_url), read_bundle(COURSE).course, click.echo)
        done.touch()


@main.command()
@click.option(
    "--check", is_flag=True, help="Only say whether it has that form, by exit code 0 or 1; nothing is changed."
)
@with_settings
def migrate(settings: Settings, check: bool) -> None:
    """Bring the database to the newest form."""
    from lti_tool.migrations import Schema, schema_of  # noqa: PLC0415 (the others start faster without it)
    from lti_tool.migrations import migrate as bring_up_to_date  # noqa: PLC0415

    if check:
        # To look at a SQLite file that is not there would make it.
        with opened(settings) as database:
            found = schema_of(database) if exists(database.engine) else Schema.BEHIND
        click.echo(f"The database is {found.value}.")
        sys.exit(found is not Schema.CURRENT)
    with opened(settings) as database:
        bring_up_to_date(database, settings.secret_key.get_secret_value())
    click.echo("The database is up to date.")


@main.command()
@with_settings
def doctor(settings: Settings) -> None:
    """Look at everything that could keep the tool from working, and say what to do."""
    from lti_tool.doctor import examine  # noqa: PLC0415 (the other commands start faster without it)

    findings = examine(settings)
    for finding in findings:
        click.echo(f"{finding.mark:<8}{finding.text}")
    sys.exit(any(not finding.well and finding.grave for finding in findings))


main.add_command(backup)
main.add_command(restore)
main.add_command(move_database)
main.add_command(platforms)
main.add_command(people)
main.add_command(courses)
main.add_command(audit)
main.add_command(keys)
