"""The platform of the launch benchmark: signs the same launches for everybody and counts who asks it for keys."""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lti_tool.lti.keys import ToolKey

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
CLIENT_ID = "benchmark"


class BenchmarkPlatform:
    """An issuer on a free loopback port; `calls` is how often its key set was read."""

    def __init__(self) -> None:
        self._key = ToolKey.generate()
        self.calls = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def sign(self, person: int, nonce: str, target: str) -> str:
        """The id_token of a trainee's launch."""
        moment = int(time.time())
        return self._key.sign(
            {
                "iss": self.issuer,
                "aud": CLIENT_ID,
                "sub": f"person-{person}",
                "name": "Alice Adams",
                "nonce": nonce,
                "iat": moment,
                "exp": moment + 60,
                f"{LTI}message_type": "LtiResourceLinkRequest",
                f"{LTI}version": "1.3.0",
                f"{LTI}deployment_id": "1",
                f"{LTI}target_link_uri": target,
                f"{LTI}roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
                f"{LTI}resource_link": {"id": "link", "title": "Course"},
                f"{LTI}context": {"id": "course", "title": "Working with parents"},
                f"{LTI}custom": {"n": secrets.token_hex(4)},
            }
        )

    def stop(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        platform = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                platform.calls += 1
                body = json.dumps({"keys": [platform._key.public_jwk]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Cache-Control", "max-age=3600")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler
