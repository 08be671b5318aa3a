"""A Flask tool on pylti1p3 as its own example has it: session and keys in an in-memory cache, one plain page.

Wants in the environment: PLATFORM (the issuer's address) and CLIENT_ID.
"""

import os
import time
from typing import Any

import pylti1p3.contrib.flask as pylti1p3_flask
import pylti1p3.tool_config
from flask import Flask, jsonify
from flask.typing import ResponseReturnValue

pylti: Any = pylti1p3_flask
"""The library has no types."""
Configuration: Any = pylti1p3.tool_config.ToolConfDict  # type: ignore[attr-defined]
PLATFORM, CLIENT_ID = os.environ["PLATFORM"], os.environ["CLIENT_ID"]
CONFIGURATION = {
    PLATFORM: [
        {
            "default": True,
            "client_id": CLIENT_ID,
            "auth_login_url": f"{PLATFORM}/auth",
            "auth_token_url": f"{PLATFORM}/token",
            "key_set_url": f"{PLATFORM}/jwks",
            "key_set": None,
            "deployment_ids": ["1"],
        }
    ]
}


class MemoryCache:
    """What the example's cache library does with its simple backend: a dictionary with times."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, Any]] = {}

    def get(self, key: str) -> Any:
        """The value while it lasts."""
        until, value = self._kept.get(key, (0.0, None))
        return value if until > time.monotonic() else None

    def set(self, key: str, value: Any, timeout: float | None = None) -> None:
        """Keep a value, for an hour where no time is given."""
        self._kept[key] = (time.monotonic() + (timeout or 3600), value)


def create() -> Flask:
    """The example."""
    app = Flask(__name__)
    app.secret_key = "a secret for the benchmark, long enough"
    cache = MemoryCache()

    @app.route("/login", methods=["GET", "POST"])
    def login() -> ResponseReturnValue:
        begun = pylti.FlaskOIDCLogin(
            pylti.FlaskRequest(), Configuration(CONFIGURATION), launch_data_storage=_storage(cache)
        )
        target = pylti.FlaskRequest().get_param("target_link_uri")
        answer: ResponseReturnValue = begun.enable_check_cookies().disable_check_cookies().redirect(target)
        return answer

    @app.post("/launch")
    def launch() -> ResponseReturnValue:
        message = pylti.FlaskMessageLaunch(
            pylti.FlaskRequest(), Configuration(CONFIGURATION), launch_data_storage=_storage(cache)
        )
        message.set_public_key_caching(_storage(cache), cache_lifetime=7200)
        title = message.get_launch_data().get("name", "")
        return f"<!doctype html><title>Course</title><p>A plain page for {title}.</p>"

    @app.get("/counted")
    def counted() -> ResponseReturnValue:
        return jsonify(queries=0)

    return app


def _storage(cache: MemoryCache) -> Any:
    return pylti.FlaskCacheDataStorage(cache)
