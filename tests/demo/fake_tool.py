"""The far side of the demo LMS: a tool with a key set, a login, a launch page that greets, and assertions."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, Response, jsonify, redirect, request
from jwt.algorithms import RSAAlgorithm
from werkzeug.wrappers import Response as AnyResponse

KID = "tool-key-1"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class FakeTool:
    """`app` publishes the public key at /lti/jwks; `broken` makes it answer nonsense."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.broken = False
        self.app = Flask("fake_tool")
        self.app.add_url_rule("/lti/jwks", view_func=self._key_set)
        self.app.add_url_rule("/lti/login", view_func=self._login, methods=["POST"])
        self.app.add_url_rule("/lti/launch", view_func=self._launch, methods=["POST"])

    def _key_set(self) -> Response:
        if self.broken:
            return Response("<h1>down</h1>", status=200)
        public = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return jsonify(keys=[{**public, "kid": KID, "use": "sig", "alg": "RS256"}])

    def _login(self) -> AnyResponse:
        asked = {
            "scope": "openid",
            "response_type": "id_token",
            "response_mode": "form_post",
            "prompt": "none",
            "client_id": request.form["client_id"],
            "redirect_uri": f"{request.host_url}lti/launch",
            "login_hint": request.form["login_hint"],
            "lti_message_hint": request.form["lti_message_hint"],
            "state": "s",
            "nonce": "n",
        }
        return redirect(f"{request.form['iss']}/lti/auth?{urlencode(asked)}")

    def _launch(self) -> str:
        claims = jwt.decode(request.form["id_token"], options={"verify_signature": False})
        return f'<!doctype html><html lang="en"><title>Tool</title><h1>Hello {claims["name"]}</h1></html>'

    def assertion(self, audience: str, *, header: dict[str, Any] | None = None, **changes: object) -> str:
        """A client assertion as the tool would sign it; a change to None removes the claim."""
        now = int(time.time())
        client_id = "partnerwise-demo"
        claims = {
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "jti": "1",
        }
        kept = {name: value for name, value in {**claims, **changes}.items() if value is not None}
        return jwt.encode(kept, self.private, algorithm="RS256", headers=header or {"kid": KID})

    def token_form(
        self, audience: str, *scopes: str, header: dict[str, Any] | None = None, **changes: object
    ) -> dict[str, str]:
        """The form that asks for an access token."""
        return {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": self.assertion(audience, header=header, **changes),
            "scope": " ".join(scopes),
        }
