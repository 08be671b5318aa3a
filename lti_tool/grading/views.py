"""The trainer's desk."""

from flask import Blueprint

blueprint = Blueprint("grading", __name__, url_prefix="/l/<launch_id>/desk", template_folder="templates")
