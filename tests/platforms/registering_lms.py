"""LMSs that register a tool, each as strictly as its product does: what they tell, what they refuse (HTTP status)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from lti_tool.lti.registration.dynamic import PLATFORM, TOOL

AGS, NRPS = "https://purl.imsglobal.org/spec/lti-ags/scope/", "https://purl.imsglobal.org/spec/lti-nrps/scope/"
SCOPES = [f"{AGS}lineitem", f"{AGS}score", f"{AGS}result.readonly", f"{NRPS}contextmembership.readonly"]
OPENING, PICKING = "LtiResourceLinkRequest", "LtiDeepLinkingRequest"
CANVAS_MEMBERS = {
    "application_type",
    "client_name",
    "client_uri",
    "grant_types",
    "initiate_login_uri",
    "jwks_uri",
    "logo_uri",
    "redirect_uris",
    "response_types",
    "scope",
    "token_endpoint_auth_method",
    TOOL,
}


@dataclass
class RegisteringLms:
    """One LMS; `changed` spoils its description, `answer` its answer."""

    product: str
    token: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    url: str = ""
    registered: list[dict[str, Any]] = field(default_factory=list)
    changed: dict[str, Any] = field(default_factory=dict)
    answer: Callable[[dict[str, Any]], ResponseReturnValue] | None = None

    def app(self) -> Flask:
        """The LMS as a web application."""
        app = Flask("registering_lms")
        app.get("/openid-configuration")(self.describe)
        app.post("/register")(self.register)
        return app

    def describe(self) -> ResponseReturnValue:
        """Tell what this LMS is; Canvas only to those who show the token."""
        if self.product == "canvas" and not self._is_shown_the_token():
            return "unauthorized", 401
        return jsonify(self.description() | self.changed)

    def description(self) -> dict[str, Any]:
        """The OpenID configuration."""
        placements = {
            "canvas": {OPENING: ["course_navigation", "user_navigation"], PICKING: ["link_selection", "editor_button"]},
            "moodle": {OPENING: [], PICKING: ["ContentArea"]},
        }.get(self.product, {OPENING: [], PICKING: []})
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/auth",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "registration_endpoint": f"{self.url}/register",
            "scopes_supported": SCOPES,
            "claims_supported": ["iss", "sub", "name", "given_name", "family_name", "email"],
            PLATFORM: {
                "product_family_code": self.product,
                "messages_supported": [{"type": kind, "placements": where} for kind, where in placements.items()],
                "variables": ["Context.id.history", "ResourceLink.id"],
            },
        }

    def register(self) -> ResponseReturnValue:
        """Take a tool in, or refuse as the product does."""
        if self.product != "desire2learn" and not self._is_shown_the_token():
            return "missing_registration_token", 401
        if self.product == "desire2learn" and "Authorization" in request.headers:
            return "unexpected token", 400
        asked = request.get_json()
        if self.product == "canvas" and self._objection(asked):
            return jsonify(errors=self._objection(asked)), 422
        self.token = secrets.token_urlsafe(8)  # the first use was the last one
        self.registered.append(asked)
        if self.answer is not None:
            return self.answer(asked)
        return jsonify(asked | {"client_id": f"{self.product}-1"} | self._deployment(asked))

    def _deployment(self, asked: dict[str, Any]) -> dict[str, Any]:
        return {TOOL: asked[TOOL] | {"deployment_id": "3"}} if self.product == "moodle" else {}

    def _is_shown_the_token(self) -> bool:
        return request.headers.get("Authorization") == f"Bearer {self.token}"

    def _objection(self, asked: dict[str, Any]) -> str:
        if strange := set(asked) - CANVAS_MEMBERS:
            return f"unknown {strange}"
        known = self.description()[PLATFORM]["messages_supported"]
        places = {entry["type"]: set(entry["placements"]) for entry in known}
        for message in asked[TOOL]["messages"]:
            if message["type"] not in places or set(message.get("placements", ())) - places[message["type"]]:
                return f"message {message}"
            if any("#" in name for name in message):
                return "languages"
        return "" if set(asked["scope"].split()) <= set(SCOPES) else "scope"
