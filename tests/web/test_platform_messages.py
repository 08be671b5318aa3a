"""What our pages say to the page around them, and to which pages they say nothing."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from sqlalchemy import update

from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Launch, Registration
from lti_tool.web.application import Application
from tests.fixtures.browser import open_page
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.waiting import until

pytestmark = on_sqlite

HERE = "the address of the page around ours"
SECRET = "what this tab holds"
AROUND = """<!doctype html><title>Around</title>
<iframe src="{source}" onload="window.arrived = true" style="width: 700px; height: 300px"></iframe>
<script>
  window.heard = [];
  addEventListener("message", ({{ data }}) => {{
    heard.push(data);
    if (data?.subject === "lti.capabilities") {{
      const supported_messages = [{{ subject: "lti.close" }}];
      const subject = "lti.capabilities.response";
      frames[0].postMessage({{ subject, message_id: data.message_id, supported_messages }}, "*");
    }}
    if (!{obey} || data?.subject !== "lti.frameResize") return;
    document.querySelector("iframe").style.height = `${{data.height}}px`;
  }});
</script>"""

CALM = """async () => {
  for (let last = -1, calm = 0, frames = 0; calm < 30; frames += 1) {
    if (frames > 1800) throw new Error(`still talking: ${JSON.stringify(heard.slice(-4))}`);
    calm = heard.length === last ? calm + 1 : 0;
    last = heard.length;
    await new Promise(requestAnimationFrame);
  }
  return heard.length;
}"""
"""Resolves to how much was heard, once nothing more comes for 30 frames, half a second where nothing is slow."""

Around = Callable[..., Page]


@contextmanager
def serve(html: dict[str, str]) -> Iterator[str]:
    """A page on another site; its text may be filled in once its address is known."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html["page"].encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join(5)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser) as opened:
        yield opened


@pytest.fixture
def around(app: Application, address: str, visitor: Arrive, page: Page) -> Iterator[Around]:
    """`around("journal/j3")`: Alice's page in the frame of a page on another site, which is her LMS's unless it says
    otherwise; with `obey` that page makes the frame as high as it is asked to."""
    html: dict[str, str] = {}
    with serve(html) as site:

        def show(path: str, *, obey: bool = False, **registered: str) -> Page:
            alice = visitor("alice", activity="journal/j3")
            with app.parts.database.transaction() as session:
                named = {name: value.replace(HERE, site) for name, value in (registered or {"issuer": HERE}).items()}
                session.execute(update(Registration).values(**named))
                session.execute(update(Launch).values(browser_hash=hash_secret(SECRET), storage_target="_parent"))
            page.add_init_script(
                f"try {{ sessionStorage.setItem('partnerwise:tab:{alice.launch_id}', '{SECRET}') }} catch {{}}"
            )
            html["page"] = AROUND.format(source=address + alice.at(path), obey=json.dumps(obey))
            page.goto(site)
            return page

        yield show


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def heard(page: Page, subject: str) -> list[Any]:
    """The messages with this subject, in either spelling."""
    said = page.evaluate("heard")
    parsed = [(json.loads(one) if isinstance(one, str) else one) for one in said]
    return [one for one in parsed if one.get("subject") == subject]


def height_of(page: Page) -> int:
    return int(page.locator("iframe").evaluate("frame => frame.offsetHeight"))


def shows_all(frame: FrameLocator) -> bool:
    """Whether nothing of the page has to be scrolled to."""
    return bool(frame.locator("html").evaluate("html => html.scrollHeight <= html.clientHeight + 4"))


def test_the_lms_hears_how_high_the_page_is_in_both_spellings(around: Around) -> None:
    page = around("journal/j3")
    expect(frame_of(page).get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("heard.length >= 2")
    kinds = {type(one) for one in page.evaluate("heard.filter((one) => JSON.stringify(one).includes('frameResize'))")}
    assert kinds == {str, dict}
    assert all(one["height"] > 300 for one in heard(page, "lti.frameResize")[-2:])


def test_a_frame_that_grows_as_it_is_asked_to_shows_all_and_comes_to_rest(around: Around) -> None:
    page = around("course/units/m1u1/", obey=True)
    frame = frame_of(page)
    expect(frame.get_by_text("Page 1 of")).to_be_visible()
    until(lambda: shows_all(frame), "a frame as high as its page")
    said, first = page.evaluate(CALM), height_of(page)
    assert shows_all(frame)
    assert (page.evaluate(CALM), height_of(page)) == (said, first), "no endless growing"
    frame.locator("[data-ready] .pw-page:visible a[rel=next]").click()
    expect(frame.get_by_text("Page 2 of")).to_be_visible()
    until(lambda: height_of(page) != first and shows_all(frame), "a frame as high as the next page")
    page.evaluate(CALM)
    assert height_of(page) != first
    assert shows_all(frame)


def test_a_dialog_opens_in_sight_in_a_frame_as_high_as_its_page(around: Around) -> None:
    page = around("journal/j3", obey=True)
    page.set_viewport_size({"width": 800, "height": 500})
    frame = frame_of(page)
    frame.get_by_role("textbox", name="Your text").press_sequentially("x\n" * 30)
    expect(frame.locator("#saving")).to_have_attribute("data-state", "saved")
    until(lambda: height_of(page) > page.evaluate("screen.availHeight"), "a frame higher than the screen")
    frame.get_by_role("button", name="Hand in", exact=False).first.click()
    expect(frame.get_by_role("dialog")).to_be_visible()
    expect(frame.get_by_role("button", name="Hand in now")).to_be_in_viewport()


def test_a_new_page_asks_to_be_shown_from_its_top(around: Around) -> None:
    page = around("course/")
    expect(frame_of(page).get_by_role("heading", level=1)).to_be_visible()
    assert not heard(page, "lti.scrollToTop")
    frame_of(page).get_by_role("link", name="Journal", exact=True).click()
    page.wait_for_function("JSON.stringify(heard).includes('lti.scrollToTop')")


def test_an_lms_that_names_no_way_back_but_can_close_the_frame_is_asked_to(around: Around) -> None:
    page = around("journal/j3")
    frame_of(page).get_by_role("button", name="Close this activity").click()
    page.wait_for_function("JSON.stringify(heard).includes('lti.close')")


def test_a_page_that_an_administrator_has_named_hears_it_too(around: Around, page: Page) -> None:
    around("journal/j3", frame_ancestors=HERE)
    expect(frame_of(page).get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_function("JSON.stringify(heard).includes('lti.frameResize')")


def test_a_page_of_another_site_cannot_frame_ours_and_hears_nothing(around: Around) -> None:
    page = around("journal/j3", issuer="https://lms.school.example")
    page.wait_for_function("window.arrived")
    assert page.evaluate(CALM) == 0
    assert page.evaluate("heard") == []
    assert page.locator("iframe").evaluate("frame => frame.contentDocument") is None
    assert "Think piece" not in "".join(one.content() for one in page.frames)


def test_a_page_that_pretends_to_be_the_lms_gets_no_secret(address: str, visitor: Arrive, page: Page) -> None:
    visitor("alice")
    login = {
        "iss": "https://lms.school.example",
        "login_hint": "4",
        "target_link_uri": f"{address}/activities/journal/j3",
        "client_id": "client",
        "lti_storage_target": "_parent",
    }
    # As a browser that refuses our cookie would come.
    page.route(f"{address}/lti/login", lambda route: route.fulfill(json={"onward": None}))
    html = {"page": AROUND.format(source=f"{address}/lti/login?{urlencode(login)}".replace("&", "&amp;"), obey="false")}
    with serve(html) as site:
        page.goto(site)
        expect(frame_of(page).get_by_role("button", name="Open in a new tab")).to_be_visible(timeout=10_000)
        assert page.evaluate("heard") == []
