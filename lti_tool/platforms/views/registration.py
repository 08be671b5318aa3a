"""Connecting an LMS: by an invitation (LTI DR 1.0), by Canvas's configuration address, or by hand."""

from pathlib import Path

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from lti_tool.errors import BadInput
from lti_tool.lti.registration.canvas import canvas_configuration
from lti_tool.lti.registration.tool_description import CLAIMS, CUSTOM, SCOPES, ToolDescription
from lti_tool.platforms.registrations.dynamic_registration import write_down
from lti_tool.platforms.registrations.invitations import find_invitation
from lti_tool.platforms.registrations.records import platform_of
from lti_tool.platforms.views.remaining_steps import remaining_steps
from lti_tool.web.application import own_transactions, parts
from lti_tool.web.languages import languages

blueprint = Blueprint("registering", __name__, template_folder="../templates")
ICON = (Path(__file__).parent.parent / "icon.svg").read_bytes()
LONGEST_TOKEN = 8192
LONGEST_ADDRESS = 2048


@blueprint.get("/lti/register/<secret>")
@own_transactions
def ask(secret: str) -> ResponseReturnValue:
    """Ask the administrator, whose LMS opened this page, whether to connect; nothing has been called or changed yet."""
    with parts().database.transaction(write=False) as session:
        label = find_invitation(session, secret).label
    address, token = _told()
    return render_template("platforms/ask.html", label=label, address=address, token=token)


@blueprint.post("/lti/register/<secret>")
@own_transactions
def connect(secret: str) -> ResponseReturnValue:
    """Register with the platform, and show what was agreed and what remains to be done there."""
    address, token = _told()
    with parts().database.transaction(write=False) as session:
        find_invitation(session, secret)
    agreement = parts().connecting.agree(describe_tool(), address, token)
    with parts().database.transaction() as session:
        registration = write_down(session, secret, agreement)
        label, platform = registration.label, platform_of(registration)
    steps = remaining_steps(agreement.platform.product)
    return render_template("platforms/connected.html", label=label, platform=platform, agreement=agreement, steps=steps)


@blueprint.get("/lti/by-hand")
@own_transactions
def by_hand() -> ResponseReturnValue:
    """Every value that an administrator pastes into an LMS; nothing on this page is secret."""
    return render_template("platforms/by_hand.html", tool=describe_tool(), scopes=SCOPES, claims=CLAIMS, custom=CUSTOM)


@blueprint.get("/lti/canvas.json")
@own_transactions
def canvas() -> ResponseReturnValue:
    """What Canvas reads when the tool is added by its configuration's address."""
    return jsonify(canvas_configuration(describe_tool()))


@blueprint.get("/lti/icon.svg")
@own_transactions
def icon() -> ResponseReturnValue:
    """The tool's picture in an LMS's lists."""
    answer = Response(ICON, mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def describe_tool() -> ToolDescription:
    """The tool as LMSs show it, in every language that it speaks."""
    english, *others = languages()
    texts = {language: _texts(language) for language in (english, *others)}
    name, description, picker = texts[english]
    return ToolDescription(
        base_url=parts().base_url,
        name=name,
        description=description,
        picker_label=picker,
        names={language: texts[language][0] for language in others},
        picker_labels={language: texts[language][2] for language in others},
    )


def _texts(language: str) -> tuple[str, str, str]:
    with force_locale(language):
        return (
            "Partnerwise",
            _("Training in working with parents: course units, reflection journal and road-map planner."),
            _("Choose Partnerwise activities"),
        )


def _told() -> tuple[str, str]:
    """The address of the platform's description, and its token, as the platform gave them to the browser."""
    address = request.values.get("openid_configuration", "")
    token = request.values.get("registration_token", "")
    if not address or max(len(address) - LONGEST_ADDRESS, len(token) - LONGEST_TOKEN) > 0:
        raise BadInput("openid_configuration")
    if not (token.isascii() and token.isprintable()):
        raise BadInput("registration_token")
    return address, token
