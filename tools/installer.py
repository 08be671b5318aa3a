"""Puts locked packages into `.venv`: with uv, which pip brings; with pip alone where uv is not to be had.

uv does in seconds what pip needs a minute for, and checks the same hashes. It does not read pip's settings, in which
people name their company's registry, certificate and proxy: they are handed over.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tools.workshop import ROOT, VENV, Command, StepFailed, Workshop, explain

PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
UV_LOCK = ROOT / "requirements" / "uv.txt"
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
"""What uv calls the settings of pip that say where packages come from."""
SETTINGS = {
    "UV_INDEX_STRATEGY": "unsafe-best-match",  # as pip does, and safe: what has another hash is refused
    "UV_NO_PROGRESS": "1",
    "UV_PYTHON_DOWNLOADS": "never",
    "UV_SYSTEM_CERTS": "1",
}


def install(shop: Workshop, what: str, *arguments: str | Path) -> None:
    """Install into `.venv`; `what` begins the sentence of a failure. The arguments are the same for uv and for pip."""
    if UV.exists() or bring_uv(shop, what):
        code, _ = shop.attempt([UV, "pip", "install", "--quiet", "--python", PYTHON, *arguments], uv_environment())
        if code == 0:
            return
        shop.say("uv could not do it; trying again with pip, which takes longer …")
    shop.run([*pip(), "install", "--progress-bar", "off", *arguments], what, pip_environment())


def bring_uv(shop: Workshop, what: str) -> bool:
    """Install the locked uv into `.venv`; gives False on a machine that it is not made for."""
    options = ("--progress-bar", "off", "--only-binary", ":all:", "--no-deps", "--require-hashes")
    code, output = shop.attempt([*pip(), "install", *options, "-r", UV_LOCK], pip_environment())
    if code != 0 and "no matching distribution" not in output.lower():
        raise StepFailed(explain(what, output))
    return code == 0


def pip() -> Command:
    """Return the pip command that installs into `.venv`: its own, or this Python's while it has none."""
    if has_own_pip():
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def has_own_pip() -> bool:
    """Whether pip is installed in `.venv`."""
    return any(VENV.glob("lib/python3*/site-packages/pip"))


def pip_environment() -> dict[str, str]:
    """Return the environment in which pip asks nothing and gives no advice."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    return {**os.environ, **quiet}


def uv_environment() -> dict[str, str]:
    """Return the environment in which uv fetches from where pip would; what the environment says for uv goes first."""
    answer = subprocess.run([*pip(), "config", "list"], capture_output=True, text=True, check=False)
    return {**SETTINGS, **as_uv_settings(answer.stdout), **os.environ}


def as_uv_settings(listed: str) -> Mapping[str, str]:
    """Translate what `pip config list` prints (`global.index-url='https://…'`, the weightiest last) for uv."""
    settings = {}
    for line in listed.splitlines():
        place, equals, quoted = line.partition("=")
        name = UV_NAMES.get(place.rpartition(".")[2])
        if equals and name:
            separator = "," if name == "UV_FIND_LINKS" else " "
            settings[name] = separator.join(str(ast.literal_eval(quoted)).split())
    return settings
