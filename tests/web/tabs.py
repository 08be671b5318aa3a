"""Tabs of one real browser for tests of the frame: each opened with the cookie, or held by the tab."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from tests.fixtures.browser import open_page
from tests.fixtures.tool import Visitor

OpenTab = Callable[[Visitor, str], Page]
HOLD = "sessionStorage.setItem('partnerwise:tab:{launch}', '{secret}')"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser profile: one person's computer, or one that several share."""
    with open_page(browser) as page:
        yield page.context


@pytest.fixture
def open_with_cookie(app: Application, address: str, context: BrowserContext) -> OpenTab:
    """One more tab of the same browser, whose cookie is the proof for all its launches."""

    def with_cookie(who: Visitor, path: str) -> Page:
        if not context.cookies():
            given = who.client.get_cookie("partnerwise", domain="127.0.0.1")
            assert given is not None
            context.add_cookies([{"name": "partnerwise", "value": given.value, "url": address}])
        page = context.new_page()
        proof = hash_of(app, context)
        change(app, who, browser_hash=proof, computer_hash=proof)
        page.goto(f"{address}{who.at(path)}")
        return page

    return with_cookie


@pytest.fixture
def open_held(app: Application, address: str, context: BrowserContext) -> OpenTab:
    """One more tab of the same browser, which keeps no cookie: each tab holds the proof for its launch."""

    def held(who: Visitor, path: str) -> Page:
        page = context.new_page()
        secret = secret_of(who)
        page.add_init_script(HOLD.format(launch=who.launch_id, secret=secret))
        change(app, who, browser_hash=hash_secret(secret), computer_hash="this one", storage_target="_parent")
        page.goto(f"{address}{who.at(path)}")
        return page

    return held


@pytest.fixture(params=["open_with_cookie", "open_held"])
def open_tab(request: pytest.FixtureRequest) -> OpenTab:
    """`open_tab(alice, "journal/j3")`: with the cookie, and held by the tab."""
    found: OpenTab = request.getfixturevalue(request.param)
    return found


def secret_of(who: Visitor) -> str:
    """What a tab of this visitor holds; no page of the course says anything like it."""
    return f"tab-secret-{who.launch_id}"


def hash_of(app: Application, context: BrowserContext) -> str:
    """The hash of the secret in this browser's cookie."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    [cookie] = [one for one in context.cookies() if one["name"] == "partnerwise"]
    return hash_secret(signer.loads(cookie["value"])["browser"])


def change(app: Application, who: Visitor, **values: object) -> None:
    """Change the row of this visitor's launch."""
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).where(Launch.id == who.launch_id).values(**values))


def end(app: Application, who: Visitor) -> None:
    """A night goes by."""
    change(app, who, expires_at=now() - timedelta(seconds=1))


def editor(page: Page) -> Locator:
    """The place to write in."""
    return page.locator("#editor")  # by its id: a plain field of the same name stands there until it has come


def write(page: Page, text: str, state: str = "saved") -> None:
    """Write and wait for what becomes of it."""
    editor(page).press_sequentially(text)
    expect(page.locator("#saving")).to_have_attribute("data-state", state)
