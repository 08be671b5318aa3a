"""`partnerwise platforms`: the LMSs that may open the tool."""

import sys
from collections.abc import Iterator

import click

from lti_tool.commands.command_group import opened, with_settings
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.products import PRODUCTS
from lti_tool.lti.services.tokens import AccessTokens
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.models import Registration
from lti_tool.platforms.registrations.connection_checks import examine
from lti_tool.platforms.registrations.invitations import invite
from lti_tool.platforms.registrations.records import (
    Allowances,
    add_registration,
    all_registrations,
    platform_of,
    product_of,
    remove_registration,
    switch_registration,
    the_registration,
)
from lti_tool.platforms.roles import stand_in
from lti_tool.settings import Settings

NUMBER = click.argument("number", type=int)


@click.group()
def platforms() -> None:
    """The LMSs that may open the tool; NUMBER is the one that `list` shows."""


@platforms.command("invite")
@click.option("--label", required=True, metavar="TEXT", help="What you call this LMS.")
@with_settings
def invite_platform(settings: Settings, label: str) -> None:
    """Print an address with which an LMS's administrator connects it, once, within 24 hours."""
    with opened(settings) as database, database.transaction() as session:
        secret = invite(session, label)
    click.echo(f"{settings.base_url}/lti/register/{secret}")
    click.echo("Give this address to the administrator of the LMS. It works once, within 24 hours. Paste it")
    for product in PRODUCTS:
        if product.where_to_register:
            click.echo(f"  {product.where_to_register}")


@platforms.command("add")
@click.option("--issuer", required=True, metavar="URL", help="The platform's issuer, exactly as the LMS shows it.")
@click.option("--client-id", required=True, metavar="ID", help="The client id that the LMS gave the tool.")
@click.option("--auth-url", required=True, metavar="URL", help="Authentication request address.")
@click.option("--token-url", required=True, metavar="URL", help="Access token address.")
@click.option("--jwks-url", required=True, metavar="URL", help="Public key set address.")
@click.option("--deployment-id", required=True, metavar="ID", help="The deployment id.")
@click.option("--token-audience", default="", metavar="URL", help="Who asks for tokens is told this (Brightspace).")
@click.option("--label", default="", metavar="TEXT", help="What you call this LMS.")
@click.option("--new-deployments/--no-new-deployments", default=None, help="Whether unknown deployments are taken in.")
@click.option("--anonymous/--no-anonymous", default=None, help="Whether people may come without an identity.")
@click.option(
    "--institution-roles/--no-institution-roles",
    default=None,
    help="Whether roles in the institution count where none in the course is named; else as its product does.",
)
@click.option(
    "--trusted-audience", multiple=True, metavar="ID", help="Who else the LMS's tokens may be for; “” forgets them."
)
@click.option(
    "--frame-ancestor", multiple=True, metavar="URL", help="A further site that may show the tool; “” forgets them."
)
@with_settings
def add(
    settings: Settings,
    *,
    deployment_id: str,
    label: str,
    new_deployments: bool | None,
    anonymous: bool | None,
    institution_roles: bool | None,
    trusted_audience: tuple[str, ...],
    frame_ancestor: tuple[str, ...],
    **platform: str,
) -> None:
    """Register an LMS, or bring it up to date; what is not given stays as it is."""
    allowances = Allowances(
        accepts_new_deployments=new_deployments,
        allows_anonymous=anonymous,
        institution_roles=institution_roles,
        trusted_audiences=_listed(trusted_audience),
        frame_ancestors=_listed(frame_ancestor),
    )
    with opened(settings) as database, database.transaction() as session:
        registration = add_registration(session, Platform(**platform), deployment_id, label, allowances)
        click.echo(f"Registered {registration.label}.")
    click.echo("Paste these into the LMS:")
    for name, path in (("Login", "login"), ("Redirect", "launch"), ("Key set", "jwks")):
        click.echo(f"  {name + ' address:':<18}{settings.base_url}/lti/{path}")
    click.echo(f"Every other value is on {settings.base_url}/lti/by-hand")


def _listed(given: tuple[str, ...]) -> str | None:
    """One a line; None, which leaves things as they are, where the option was not given at all."""
    return "\n".join(filter(None, given)) if given else None


@platforms.command("list")
@with_settings
def list_platforms(settings: Settings) -> None:
    """Show every registered LMS."""
    with opened(settings) as database, database.transaction(write=False) as session:
        found = all_registrations(session)
        for one in found:
            deployments = ", ".join(deployment.deployment_id for deployment in one.deployments) or "not yet known"
            state = "" if one.enabled else "  (switched off)"
            click.echo(f"{one.id}  {one.label}: {one.issuer}  client {one.client_id}  deployment {deployments}{state}")
    if not found:
        click.echo("No LMS is registered yet. Begin with `partnerwise platforms invite --label TEXT`.")


@platforms.command("show")
@NUMBER
@with_settings
def show(settings: Settings, number: int) -> None:
    """Show all that is written down of one LMS."""
    with opened(settings) as database, database.transaction(write=False) as session:
        for name, value in _facts(the_registration(session, number)):
            click.echo(f"{name + ':':<22}{value}")


@platforms.command("disable")
@NUMBER
@with_settings
def disable(settings: Settings, number: int) -> None:
    """Switch an LMS off: nobody comes in through it, open pages end, nothing is lost."""
    _switch(settings, number, on=False)


@platforms.command("enable")
@NUMBER
@with_settings
def enable(settings: Settings, number: int) -> None:
    """Switch an LMS on again. People open their activities anew from there."""
    _switch(settings, number, on=True)


@platforms.command("remove")
@NUMBER
@with_settings
def remove(settings: Settings, number: int) -> None:
    """Remove an LMS that nobody has come through yet."""
    with opened(settings) as database, database.transaction() as session:
        registration = the_registration(session, number)
        remove_registration(session, registration)
        click.echo(f"Removed {registration.label}.")


@platforms.command("test")
@NUMBER
@with_settings
def test(settings: Settings, number: int) -> None:
    """Call each address of an LMS and ask it for tokens; says what answers and what does not."""
    outbound = Outbound(allow_private=settings.allow_private_addresses)
    with opened(settings) as database:
        with database.transaction(write=False) as session:
            platform = platform_of(the_registration(session, number))
        tokens = AccessTokens(outbound, ToolKeys(database, settings.secret_key.get_secret_value()))
        well = True
        for answered in examine(platform, outbound, tokens):
            well = well and (answered.well or not answered.is_needed)
            mark = "ok" if answered.well else "PROBLEM" if answered.is_needed else "note"
            click.echo(f"{mark:<8}{answered.what}: {answered.said}")
    sys.exit(not well)


def _switch(settings: Settings, number: int, *, on: bool) -> None:
    with opened(settings) as database, database.transaction() as session:
        registration = the_registration(session, number)
        switch_registration(session, registration, on=on)
        click.echo(f"{registration.label} is switched {'on' if on else 'off'}.")


def _people_in_browser(one: Registration) -> str:
    if product_of(one).several_people_a_browser:
        return "several at once, as in the demo"
    return "one; who comes next ends the pages of whoever was there before"


def _facts(one: Registration) -> Iterator[tuple[str, str]]:
    yield "Number", str(one.id)
    yield "Label", one.label
    yield "State", "on" if one.enabled else "switched off"
    yield "Product", one.product or "not said"
    yield "Issuer", one.issuer
    yield "Client id", one.client_id
    yield "Deployments", ", ".join(deployment.deployment_id for deployment in one.deployments) or "not yet known"
    yield "New deployments", "taken in" if one.accepts_new_deployments else "refused"
    yield "Anonymous launches", "let in" if one.allows_anonymous else "refused"
    yield "Institution roles", "count where none in the course is named" if stand_in(one) else "do not count"
    yield "People in one browser", _people_in_browser(one)
    yield "Login address", one.auth_url
    yield "Token address", one.token_url
    yield "Token audience", one.token_audience or "the token address"
    yield "Key set address", one.jwks_url
    yield "Trusted audiences", ", ".join(one.trusted_audiences.split()) or "none"
    yield "May show the tool", ", ".join(one.frame_ancestors.split()) or "the LMS alone"
