"""`partnerwise keys`: the keys that sign what the tool says to platforms."""

from datetime import timedelta

import click

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.database import now
from lti_tool.platforms.keys.tool_keys import NOTICE, KeptKey, ToolKeys
from lti_tool.settings import Settings


@click.group()
def keys() -> None:
    """The tool's own keys."""


@keys.command("list")
@with_settings
def list_keys(settings: Settings) -> None:
    """Show every key that is published, and which one signs."""
    with opened(settings) as database:
        kept = ToolKeys(database, settings.secret_key.get_secret_value())
        signing = kept.current().kid
        for one in kept.all():
            click.echo(f"{one.key.kid}  made {one.created_at:%Y-%m-%d}  {_state(one, signing)}")


@keys.command()
@click.option(
    "--at-once",
    is_flag=True,
    help="For a key that has leaked: the new one signs within five minutes, the others are withdrawn. Until LMSs have "
    "read it (some take an hour), grades wait and are sent again by themselves.",
)
@with_settings
def rotate(settings: Settings, at_once: bool) -> None:
    """Publish a new key, which signs a day later; the old one stays published for another day."""
    with opened(settings) as database:
        kept = ToolKeys(database, settings.secret_key.get_secret_value())
        made = kept.rotate(timedelta(0) if at_once else NOTICE)
    click.echo(f"Published {made.key.kid}. It signs from {made.signs_from:%Y-%m-%d %H:%M} UTC.")


def _state(one: KeptKey, signing: str) -> str:
    if one.key.kid == signing:
        return "signs"
    if one.signs_from > now():
        return f"signs from {one.signs_from:%Y-%m-%d %H:%M} UTC"
    return f"published until {one.published_until:%Y-%m-%d %H:%M} UTC" if one.published_until else "published"
