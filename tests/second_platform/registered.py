"""The library's platform, put together: who is registered, how it reads requests, how its pages lead on.

Where lti1p3platform 0.1.8 is wrong:
- The assertion that a tool signs for an access token is taken whoever it is for and whoever it is from: its `aud`,
  `iss` and `sub` are not looked at, nor is its `jti` (Security Framework 1.0, 4.1.1). The same holds for the answer
  of a picker: neither its audience nor its deployment nor its `data` are compared (Deep Linking 2.0, 4.5).
- Any `redirect_uri` gets the token (Security Framework 1.0, 5.1.1.2 wants a registered one).
- The tool's keys are read once and kept for ever: after the tool has changed its key, its tokens are refused
  (Security Framework 1.0, 6.3). `Conf.read_keys_again` helps.
- The link to the third page cannot be made: it adds 1 to the text "2" (`handle_get_lineitems` and its like), so
  `read_request` turns numbers into numbers.
- The scopes of a token are joined by "or": with any one scope of a service all of its calls are open (AGS 2.0, 3.1).
"""

from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from flask import Request as FlaskRequest
from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template_string
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request, TRequest
from lti1p3platform.response import Response, generate_next_link

from lti_tool.demo.keys import new_pem

CLIENT_ID = "second-client"
DEPLOYMENT_ID = "second-deployment"


class Conf(LTI1P3PlatformConfAbstract):  # type: ignore[misc]
    """The one tool that is registered."""

    def init_platform_config(self, **kwargs: Any) -> None:
        own_key = new_pem()
        self._registration = (
            Registration()
            .set_iss(kwargs["issuer"])
            .set_client_id(CLIENT_ID)
            .set_deployment_id(DEPLOYMENT_ID)
            .set_launch_url(f"{kwargs['tool_url']}/activities/course")
            .set_deeplink_launch_url(f"{kwargs['tool_url']}/activities/course")
            .set_oidc_login_url(f"{kwargs['tool_url']}/lti/login")
            .set_tool_key_set_url(f"{kwargs['tool_url']}/lti/jwks")
            .set_platform_private_key(own_key)
            .set_platform_public_key(public_half(own_key))
        )

    def get_registration_by_params(self, **_: Any) -> Registration:
        return self._registration

    def read_keys_again(self) -> None:
        """Forget the tool's keys."""
        self._registration.set_tool_key_set(None)


def public_half(pem: str) -> str:
    """The public key that belongs to a private one."""
    key = load_pem_private_key(pem.encode(), None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


class ReadRequest(Request):  # type: ignore[misc]
    """A request of Flask's in the library's terms."""

    def build_metadata(self, request: FlaskRequest) -> TRequest:
        has_json = request.content_type and "json" in request.content_type
        query = {name: int(value) if value.isdigit() else value for name, value in request.args.items()}
        return {
            "method": request.method,
            "form_data": request.form.to_dict(),
            "json": request.get_json(force=True) if has_json else None,
            "get_data": query,
            "headers": request.headers,
            "content_type": request.content_type,
            "path": request.path,
        }


class Login(OIDCLoginAbstract):  # type: ignore[misc]
    """Sends the browser to the tool's login address."""

    def set_lti_message_hint(self, **kwargs: Any) -> None:
        self._lti_message_hint = kwargs["hint"]

    def get_redirect(self, url: str) -> Any:
        return redirect(url)


FORM = """<!doctype html><title>Opening</title><form method="post" action="{{ launch_url }}">
<input name="id_token" value="{{ id_token }}"><input name="state" value="{{ state }}"><button>Go on</button></form>"""
"""As the library's own page, which needs an old setuptools to be imported and does not escape what it fills in."""


class Launch(LTIAdvantageMessageLaunchAbstract):  # type: ignore[misc]
    """Answers the tool with a page whose form posts the launch."""

    def render_launch_form(self, launch_data: dict[str, Any], **_: Any) -> str:
        return render_template_string(FORM, **launch_data)


def as_answer(response: Response) -> FlaskResponse:
    """The library's answer, as its own glue for Django gives it."""
    if not 200 <= response.code < 300:
        answer = jsonify(error=response.message)
    else:
        result = response.result
        is_page = isinstance(result, dict) and "content" in result
        answer = jsonify(result["content"] if is_page else result)
        if isinstance(result, dict) and result.get("next"):
            answer.headers["Link"] = generate_next_link(result["next"])
    answer.status_code = response.code
    answer.content_type = response.media_type
    return answer
