"""The virtual environment `.venv` and the locked Python packages in it."""

import os
import platform
import re
import shutil
import subprocess
import sys

from tools.install import suits
from tools.installer import PYTHON, has_own_pip, install
from tools.stamps import Stamp, digest
from tools.workshop import ROOT, VENV, Command, StepFailed, Workshop

LOCK = ROOT / "requirements" / "development.txt"
NODE_LOCK = ROOT / "requirements" / "node.txt"
MINIMAL_PIP_FOR_OTHERS = (22, 3)  # the first pip that has --python


def venv_version() -> tuple[int, ...] | None:
    """Return the version of `.venv`'s Python, or None when it is missing, broken or made for another."""
    try:
        config = (VENV / "pyvenv.cfg").read_text()
        answer = subprocess.run(
            [PYTHON, "-c", "import sys; print(*sys.version_info[:3])"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    version = tuple(int(part) for part in answer.stdout.split())
    made_for = re.search(r"^version(?:_info)? *= *(\d+)\.(\d+)", config, re.MULTILINE)
    same = made_for is not None and tuple(map(int, made_for.groups())) == version[:2]
    return version if same and suits(version) else None


def make_venv(shop: Workshop) -> None:
    """Make `.venv` unless a sound one is there, with a pip of its own only where this Python's cannot serve it."""
    if venv_version() is not None and (has_own_pip() or system_pip_serves()):
        return
    shop.say("Making the virtual environment .venv …")
    command: Command = [sys.executable, "-m", "venv", "--clear", VENV]
    if system_pip_serves():
        shop.run([*command, "--without-pip"], "The virtual environment could not be made")
        return
    code, output = shop.attempt(command)
    if code != 0:
        if "ensurepip" in output:
            install_venv_package(shop)
        shop.run(command, "The virtual environment could not be made")


def system_pip_serves() -> bool:
    """Whether this Python's own pip can install into another environment."""
    answer = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"pip (\d+)\.(\d+)", answer.stdout)
    return version is not None and tuple(map(int, version.groups())) >= MINIMAL_PIP_FOR_OTHERS


def install_venv_package(shop: Workshop) -> None:
    """Install what Debian and Ubuntu leave out of their Python, or say which command does."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(
            f"This Python comes without venv and pip: type `sudo apt install {package}` and run this again."
        )
    shop.say(f"Installing {package} from the system's packages …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    shop.run(["apt-get", "update"], "The system's package lists could not be read", env)
    shop.run(["apt-get", "install", "-y", package], f"{package} could not be installed", env)


def install_packages(shop: Workshop) -> None:
    """Install the locked packages, then this repository as an editable package with its two commands."""
    version = ".".join(map(str, venv_version() or ()))
    stamp = Stamp(VENV / "stamps" / "packages", [VENV / "bin" / "pytest"])
    inputs = digest([LOCK], version, platform.machine())
    if not stamp.is_fresh(inputs):
        shop.say("Installing the locked Python packages …")
        stamp.clear()
        install(shop, "The Python packages could not be installed", "--no-deps", "--require-hashes", "-r", LOCK)
        stamp.put(inputs)
    install_itself(shop, version)


def install_itself(shop: Workshop, version: str) -> None:
    """Install the commands `partnerwise` and `scorm-builder`, which run from this folder's sources."""
    stamp = Stamp(VENV / "stamps" / "itself", [VENV / "bin" / "partnerwise", VENV / "bin" / "scorm-builder"])
    inputs = digest([ROOT / "pyproject.toml"], version, str(ROOT))
    if stamp.is_fresh(inputs):
        return
    shop.say("Installing the commands partnerwise and scorm-builder …")
    stamp.clear()
    what = "The package could not be installed from this folder"
    install(shop, what, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.put(inputs)


def install_node(shop: Workshop) -> None:
    """Install Node from PyPI into `.venv`, for a machine that has none."""
    stamp = Stamp(VENV / "stamps" / "node")
    inputs = digest([NODE_LOCK], platform.machine())
    if stamp.is_fresh(inputs):
        return
    shop.say("Installing Node into .venv, since this machine has none that is new enough …")
    stamp.clear()
    install(shop, "Node could not be installed", "--no-deps", "--require-hashes", "-r", NODE_LOCK)
    stamp.put(inputs)
