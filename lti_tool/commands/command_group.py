"""How commands talk: known mistakes become one sentence, never a trace; each gets the settings, and a database."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from lti_tool.course.bundle import BundleUnreadable
from lti_tool.database import Database
from lti_tool.errors import Refusal
from lti_tool.jobs import QueueAway
from lti_tool.logs import write_log
from lti_tool.operations.errors import NotDone
from lti_tool.platforms.keys.tool_keys import KeysUnreadable, KeyWaiting
from lti_tool.settings import Settings, SettingsWrong, read_settings

OURS_ALONE = 0o077
"""No other user of the machine reads what we make: databases and keys hold what people wrote about families."""
EXPLAINED = (SettingsWrong, BundleUnreadable, KeysUnreadable, KeyWaiting, NotDone, QueueAway, Refusal)


class CommandGroup(click.Group):
    """A group whose commands end with one clear sentence where something is wrong, never with a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; known mistakes become a sentence and exit code 1."""
        try:
            return super().invoke(ctx)
        except EXPLAINED as error:
            raise click.ClickException(str(error)) from error
        except DBAPIError as error:
            raise click.ClickException(_about_database(error)) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'The system'}: {error.strerror}.") from error


def _about_database(error: DBAPIError) -> str:
    # The driver's first line says what is wrong; the rest may hold statements and values.
    first = str(error.orig).splitlines()[0]
    return f"The database cannot be used: {first}. Look at PARTNERWISE_DATABASE_URL, then run `partnerwise doctor`."


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command the settings as its first argument."""

    def run(*args: Any, **kwargs: Any) -> None:
        settings = read_settings()
        write_log(settings.log_format)
        os.umask(OURS_ALONE)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        command(settings, *args, **kwargs)

    return update_wrapper(run, command)


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database of the settings, closed at the end."""
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.close()
