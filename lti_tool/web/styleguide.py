"""The living style guide: every component in every state, with a word on when to use it. In development only."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, url_for
from werkzeug.exceptions import NotFound

blueprint = Blueprint("styleguide", __name__, url_prefix="/styleguide")

SECTIONS = {
    "boxes": "Boxes",
    "forms": "Forms",
    "saving": "Saving",
    "lists": "Lists",
    "marking": "Marking",
    "examples": "Examples",
}

PEOPLE = ("Alice Adams", "Bob Brown", "Carla Costa")

RUBRIC = {
    "title": "Reflective writing",
    "criteria": [
        {
            "id": "experience",
            "title": "Experience",
            "question": "Is a real situation described, so that the reader can see it?",
            "levels": [
                {"points": 0, "title": "Not yet", "description": "No situation, or only a general opinion."},
                {"points": 1, "title": "Named", "description": "A situation is named, without who did what."},
                {"points": 2, "title": "Told", "description": "Who did what, when, and what came of it."},
                {"points": 3, "title": "Seen", "description": "Told from more than one side, parents' included."},
            ],
        },
        {
            "id": "change",
            "title": "Change in action",
            "question": "What will be done differently, and how will one know?",
            "levels": [
                {"points": 0, "title": "Not yet", "description": "Nothing follows from the piece."},
                {"points": 1, "title": "Wish", "description": "A good intention, without a step."},
                {"points": 2, "title": "Step", "description": "One step that can be taken next week."},
                {"points": 3, "title": "Plan", "description": "Steps, people, and a sign that it works."},
            ],
        },
    ],
}

STEPS = (
    {"text": "Read the unit", "state": "done", "url": "#"},
    {"text": "Write your think piece", "state": "now", "url": "#"},
    {"text": "Submit it to your trainer", "state": "later"},
)


@blueprint.get("/")
def index() -> str:
    """The first section."""
    return section(next(iter(SECTIONS)))


@blueprint.get("/<name>")
def section(name: str) -> str:
    """One section of the guide."""
    if name not in SECTIONS:
        raise NotFound
    return render_template(f"styleguide/{name}.html", **_samples(name))


@blueprint.get("/error")
def error() -> str:
    """The error page as a visitor sees it."""
    told = {
        "title": "Your session has ended",
        "meaning": "You were away for a while, so your course has closed the door behind you.",
        "advice": "Go back to your course and open the activity again. What was saved is still there.",
    }
    return render_template("frame/error.html", told=told, reference="K7QM-2XHD", action=("Try again", "#"))


@blueprint.get("/bare-error")
def bare_error() -> str:
    """The error page when nothing at all is known."""
    return render_template("frame/error.html")


def _samples(current: str) -> dict[str, Any]:
    return {
        "nav": [(label, url_for("styleguide.section", name=name), name == current) for name, label in SECTIONS.items()],
        "help_links": [("How the journal works", "#"), ("Who sees what I write", "#"), ("Ask for help", "#")],
        "people": PEOPLE,
        "rubric_of_writing": RUBRIC,
        "steps": STEPS,
        "now": datetime(2026, 11, 21, 10, 42, tzinfo=UTC),
    }
