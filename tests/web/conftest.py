"""The style guide by itself on a free port: the frame and its components, without database, launch or rooms."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect
from werkzeug.serving import make_server

from lti_tool.web import languages, styleguide
from lti_tool.web.built import asset_url
from lti_tool.web.headers import POLICY


@pytest.fixture(scope="session")
def guide() -> Flask:
    app = Flask("lti_tool.web")
    app.config.update(SECRET_KEY="only for this test")
    Babel(app, locale_selector=lambda: "en")
    CSRFProtect(app)
    app.add_template_global(asset_url)
    app.add_template_global(languages.direction)
    app.add_template_global(languages.language)
    app.register_blueprint(styleguide.blueprint)

    @app.after_request
    def set_policy(response):  # type: ignore[no-untyped-def]
        response.headers["Content-Security-Policy"] = POLICY + "'self'"
        return response

    return app


@pytest.fixture(scope="session")
def guide_address(guide: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, guide, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/styleguide"
    server.shutdown()
    thread.join()
    server.server_close()
