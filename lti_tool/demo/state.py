"""What one running demo LMS holds, reachable from every view."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import current_app, url_for

from lti_tool.demo.config import DemoConfig
from lti_tool.demo.faults import Faults
from lti_tool.demo.store import Store

STATIC = Path(__file__).parent / "static"


@dataclass
class Demo:
    """`config` may be replaced while the demo runs: in tests the tool's address is known only later."""

    config: DemoConfig
    store: Store
    faults: Faults = field(default_factory=Faults)
    away: set[str] = field(default_factory=set)
    """Keys of people who are not enrolled at the moment."""
    non_editing: set[str] = field(default_factory=set)
    """Keys of trainers who are non-editing teachers: launched as such, and listed as learners, as Moodle does."""

    def close(self) -> None:
        """Let go of everything that waits, and of the database."""
        self.faults.clear()
        self.store.close()


def demo() -> Demo:
    """The demo LMS that serves the current request."""
    return cast("Demo", current_app.extensions["demo"])


def asset_url(name: str) -> str:
    """The address of a bundled browser part ("demo.css"); its plain name when nothing was bundled yet."""
    manifest = STATIC / "build" / "manifest.json"
    known = json.loads(manifest.read_text()) if manifest.exists() else {}
    return url_for("static", filename=known.get(name, f"build/{name}"))
