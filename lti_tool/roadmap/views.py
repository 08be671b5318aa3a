"""The planner's pages."""

from flask import Blueprint

blueprint = Blueprint("roadmap", __name__, url_prefix="/l/<launch_id>/roadmap", template_folder="templates")
