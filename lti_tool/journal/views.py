"""The journal's pages."""

from flask import Blueprint

blueprint = Blueprint("journal", __name__, url_prefix="/l/<launch_id>/journal", template_folder="templates")
