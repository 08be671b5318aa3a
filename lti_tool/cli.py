"""`partnerwise`: everything an operator types."""

import importlib
import sys
from collections.abc import Callable
from functools import update_wrapper
from types import ModuleType
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from lti_tool.course.bundle import BundleUnreadable
from lti_tool.database import Database
from lti_tool.errors import Refusal
from lti_tool.lti.platform import Platform
from lti_tool.migrations import migrate as bring_up_to_date
from lti_tool.platforms.registering import add_registration, all_registrations
from lti_tool.platforms.tool_keys import KeysUnreadable
from lti_tool.settings import Settings, SettingsWrong, read_settings

TELLING = (SettingsWrong, BundleUnreadable, KeysUnreadable, Refusal)


class Teller(click.Group):
    """A group whose commands end with one clear sentence where something is wrong, never with a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; known mistakes become a sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except TELLING as error:
            raise click.ClickException(str(error)) from error
        except DBAPIError as error:
            raise click.ClickException(_about_database(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'The system'}: {error.strerror}.") from error


def _about_database(error: DBAPIError) -> str:
    # The driver's first line says what is wrong; the rest may hold statements and values.
    first = str(error.orig).splitlines()[0]
    return f"The database cannot be used: {first}. Look at PARTNERWISE_DATABASE_URL, then run `partnerwise doctor`."


@click.group(cls=Teller)
def main() -> None:
    """Parental-engagement training inside your LMS: journal, road map and course units by LTI 1.3."""


def serving() -> ModuleType:
    """The processes, loaded only by the commands that start one: the others answer a second sooner."""
    return importlib.import_module("lti_tool.serving")


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command the settings as its first argument."""

    def run(*args: Any, **kwargs: Any) -> None:
        settings = read_settings()
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        command(settings, *args, **kwargs)

    return update_wrapper(run, command)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@with_settings
def serve(settings: Settings, host: str, port: int) -> None:
    """Serve the tool."""
    serving().serve_app(settings, host, port)


@main.command()
@with_settings
def worker(settings: Settings) -> None:
    """Send grades to the LMS, in the background; runs beside `serve`."""
    serving().work(settings)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, help="The port to listen on.")
@with_settings
def demo(settings: Settings, host: str, port: int) -> None:
    """Serve a small LMS to try the tool in; never for real courses."""
    serving().serve_demo(settings, host, port)


@main.command()
@with_settings
def migrate(settings: Settings) -> None:
    """Bring the database to the newest form."""
    database = Database(settings.database_url)
    bring_up_to_date(database)
    database.close()
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


@main.group()
def platforms() -> None:
    """The LMSs that may open the tool."""


@platforms.command("add")
@click.option("--issuer", required=True, metavar="URL", help="The platform's issuer, exactly as the LMS shows it.")
@click.option("--client-id", required=True, metavar="ID", help="The client id that the LMS gave the tool.")
@click.option("--auth-url", required=True, metavar="URL", help="Authentication request address.")
@click.option("--token-url", required=True, metavar="URL", help="Access token address.")
@click.option("--jwks-url", required=True, metavar="URL", help="Public key set address.")
@click.option("--deployment-id", required=True, metavar="ID", help="The deployment id.")
@click.option("--label", default="", metavar="TEXT", help="What you call this LMS.")
@with_settings
def add(settings: Settings, deployment_id: str, label: str, **platform: str) -> None:
    """Register an LMS, or bring its addresses up to date."""
    database = Database(settings.database_url)
    with database.transaction() as session:
        registration = add_registration(session, Platform(**platform), deployment_id, label)
        click.echo(f"Registered {registration.label}.")
    database.close()
    click.echo("Paste these into the LMS:")
    for name, path in (("Login", "login"), ("Redirect", "launch"), ("Key set", "jwks")):
        click.echo(f"  {name + ' address:':<18}{settings.base_url}/lti/{path}")


@platforms.command("list")
@with_settings
def list_platforms(settings: Settings) -> None:
    """Show every registered LMS."""
    database = Database(settings.database_url)
    with database.transaction(write=False) as session:
        found = all_registrations(session)
        for one in found:
            deployments = ", ".join(deployment.deployment_id for deployment in one.deployments)
            state = "" if one.enabled else "  (switched off)"
            click.echo(f"{one.label}: {one.issuer}  client {one.client_id}  deployment {deployments}{state}")
    database.close()
    if not found:
        click.echo("No LMS is registered yet. Begin with `partnerwise platforms add --help`.")
