"""Access tokens of several processes over one database: asked for once, kept sealed, renewed by whoever comes first."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.demo.models import AccessToken as Granted
from lti_tool.lti.platform import Platform as Registered
from lti_tool.lti.services.tokens import AccessTokens, HeldToken
from lti_tool.platforms.keys.access_tokens import StoredTokens
from lti_tool.platforms.models import AccessToken, Registration
from lti_tool.platforms.registrations.records import platform_of
from tests.fixtures.school import SECRET, School

SCOPES = ["https://purl.imsglobal.org/spec/lti-ags/scope/score"]


def process(school: School, secret: str = SECRET) -> AccessTokens:
    """The tokens of a process that has just started."""
    return AccessTokens(school.outbound, school.app.parts.tool_keys, store=StoredTokens(school.database, secret))


def platform(school: School) -> Registered:
    """The LMS, as registered."""
    with school.database.transaction(write=False) as session:
        return platform_of(session.scalars(select(Registration)).one())


def granted(school: School) -> int:
    """How many tokens the LMS has given out."""
    with school.lms.demo.store.transaction() as session:
        return session.query(Granted).count()


@pytest.mark.both_databases
def test_a_second_process_uses_the_first_ones_token(school: School) -> None:
    tokens = [process(school).token(platform(school), SCOPES) for _ in range(3)]
    assert len(set(tokens)) == 1
    assert granted(school) == 1


def test_other_scopes_have_a_token_of_their_own(school: School) -> None:
    other = [*SCOPES, "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"]
    assert process(school).token(platform(school), SCOPES) != process(school).token(platform(school), other)
    assert granted(school) == 2


@pytest.mark.both_databases
def test_the_database_does_not_tell_the_token(school: School) -> None:
    token = process(school).token(platform(school), SCOPES)
    with school.database.transaction(write=False) as session:
        kept = session.scalars(select(AccessToken)).one()
    assert token not in kept.encrypted_token


def test_under_another_secret_a_new_one_is_asked_for(school: School) -> None:
    process(school).token(platform(school), SCOPES)
    process(school, "another secret, of at least as many characters").token(platform(school), SCOPES)
    assert granted(school) == 2


def test_a_token_that_nears_its_end_is_renewed_by_whoever_comes_first(school: School) -> None:
    first = process(school).token(platform(school), SCOPES)
    with school.database.transaction() as session:
        session.execute(update(AccessToken).values(renew_at=now()))
    second = process(school).token(platform(school), SCOPES)
    assert second != first
    assert process(school).token(platform(school), SCOPES) == second
    assert granted(school) == 2


def test_a_token_that_the_platform_refused_is_not_taken_from_the_store_again(school: School) -> None:
    tokens, here = process(school), platform(school)
    refused = tokens.token(here, SCOPES)
    tokens.forget(here, SCOPES, refused)
    fresh = tokens.token(here, SCOPES)
    assert fresh != refused
    assert process(school).token(here, SCOPES) == fresh


@pytest.mark.both_databases
def test_many_threads_of_one_process_ask_once(school: School) -> None:
    tokens, here = process(school), platform(school)
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(tokens.token(here, SCOPES))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 8
    assert len(set(found)) == 1
    assert granted(school) == 1


@pytest.mark.parametrize("client", ["another client", ""])
def test_a_platform_that_is_not_registered_gets_nothing_kept(school: School, client: str) -> None:
    stranger = replace(platform(school), client_id=client)
    store = StoredTokens(school.database, SECRET)
    store.keep(stranger, frozenset(SCOPES), HeldToken("t", 9e9))
    assert store.find(stranger, frozenset(SCOPES)) is None
