"""The SCORM player and what it tracks (SCORM 1.2 Run-Time Environment, section 3)."""

from flask import Blueprint

scorm = Blueprint("scorm", __name__)
