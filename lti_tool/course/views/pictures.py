"""The pictures that LMSs show beside our links; public, so they are asked for without a launch."""

from pathlib import Path

from flask import Blueprint, send_from_directory
from flask.typing import ResponseReturnValue

from lti_tool.web.application import own_transactions

PICTURES = Path(__file__).parent.parent / "pictures"
A_MONTH = 30 * 24 * 60 * 60

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")


@blueprint.get("/<name>")
@own_transactions
def picture(name: str) -> ResponseReturnValue:
    """A square PNG, `journal-64.png`."""
    return send_from_directory(PICTURES, name, max_age=A_MONTH)
