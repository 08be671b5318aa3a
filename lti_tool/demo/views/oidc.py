"""The platform's security endpoints: login, key set and access tokens (LTI Security Framework 1.0)."""

from flask import Blueprint, Response, jsonify, render_template, request

from lti_tool.demo import keys, launching, messages, tokens
from lti_tool.demo.errors import TokenRefused
from lti_tool.demo.state import demo

oidc = Blueprint("oidc", __name__, url_prefix="/lti")
FORM = "application/x-www-form-urlencoded"


@oidc.route("/auth", methods=["GET", "POST"])
def authenticate() -> str:
    """Answer the tool's authentication request with a form that posts the id_token to the tool."""
    store, config = demo().store, demo().config
    asked = request.values.to_dict()
    with store.transaction() as session:
        hint = launching.redeem_hint(session, asked)
    with store.transaction() as session:
        fields = launching.authenticate(session, config, hint, asked)
    return render_template("demo/submit.html", action=config.redirect_uri, fields=fields)


@oidc.get("/jwks")
def key_set() -> Response:
    """Publish the platform's public keys."""
    with demo().store.transaction() as session:
        return jsonify(keys.public_keys(session))


@oidc.post("/token")
def access_token() -> Response:
    """Grant an access token for a client assertion."""
    if request.mimetype != FORM:
        raise TokenRefused("invalid_request")
    form = request.form.to_dict()
    scopes = tokens.check_assertion(demo().config, form)
    with demo().store.transaction() as session:
        return jsonify(tokens.grant(session, scopes))


@oidc.errorhandler(TokenRefused)
def _refuse_token(refusal: TokenRefused) -> tuple[Response, int]:
    detail = {"asked": {"scope": request.form.get("scope", "")}, "error": str(refusal)}
    with demo().store.transaction() as session:
        messages.record(session, "token", f"Access token refused: {refusal}", detail, status=400)
    return jsonify(error=str(refusal)), 400
