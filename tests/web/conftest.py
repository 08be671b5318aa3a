"""The style guide and the notebook by themselves on free ports: without database, launch or rooms."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask, Response, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from lti_tool.web import languages, styleguide
from lti_tool.web.built import asset_url
from lti_tool.web.headers import POLICY
from tests.fixtures.browser import open_page
from tests.web.notebook import Notebook, serve_notebook


def make_guide(static_folder: str = "static") -> Flask:
    """The style guide and nothing else, under the security policy of the tool."""
    app = Flask("lti_tool.web", static_folder=static_folder, static_url_path="/static")
    app.config.update(SECRET_KEY="only for this test")
    Babel(app, locale_selector=lambda: request.args.get("language", "en"))
    CSRFProtect(app)
    app.add_template_global(asset_url)
    app.add_template_global(languages.direction)
    app.add_template_global(languages.language)
    app.add_template_filter(str, "course_words")  # no course is shown here
    app.register_blueprint(styleguide.blueprint)

    @app.after_request
    def set_policy(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY + "*"
        return response

    return app


@pytest.fixture(scope="session")
def guide() -> Flask:
    return make_guide()


@pytest.fixture(scope="session")
def guide_address(guide: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, guide, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/styleguide"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def notebook() -> Iterator[Notebook]:
    with serve_notebook() as served:
        yield served


@pytest.fixture(scope="module")
def shared_context(browser: Browser) -> Iterator[BrowserContext]:
    with open_page(browser) as page:
        yield page.context


@pytest.fixture
def timed_context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own, for a test that makes time pass: all pages of a profile have one clock."""
    with open_page(browser) as page:
        page.clock.install()
        yield page.context


@pytest.fixture
def context(shared_context: BrowserContext) -> Iterator[BrowserContext]:
    """A browser profile. Each notebook has a port, and so an origin and a storage, of its own."""
    yield shared_context
    shared_context.set_offline(offline=False)
    for page in shared_context.pages[1:]:
        page.close()
