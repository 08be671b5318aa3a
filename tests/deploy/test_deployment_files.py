"""The files in `deploy/` start what is there: commands, options, settings, paths and secrets are the tool's own."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from lti_tool.cli import main
from lti_tool.settings import Settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES: list[dict[str, Any]] = list(
    yaml.safe_load_all((DEPLOY / "kubernetes" / "partnerwise.yaml").read_text(encoding="utf-8"))
)
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


def commands() -> Iterator[list[str]]:
    for service in COMPOSE["services"].values():
        if service.get("image") == "partnerwise" and "command" in service:
            yield service["command"]
    for document in KUBERNETES:
        if document["kind"] == "Deployment":
            pod = document["spec"]["template"]["spec"]
            yield from (container["command"] for container in pod.get("initContainers", []) + pod["containers"])
    for unit in UNITS:
        for line in re.findall(r"^ExecStart(?:Pre)?=(.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            yield ["partnerwise", *shlex.split(line)[1:]]
    yield yaml.safe_load(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[-1])


@pytest.mark.parametrize("command", sorted({tuple(command) for command in commands()}), ids=" ".join)
def test_each_command_is_one_of_the_tool(command: tuple[str, ...]) -> None:
    assert command[0] == "partnerwise"
    answer = CliRunner().invoke(main, [*command[1:], "--help"])
    assert answer.exit_code == 0, answer.output


def named_settings() -> set[str]:
    texts = [DOCKERFILE, *(unit.read_text(encoding="utf-8") for unit in UNITS)]
    texts += [(DEPLOY / name).read_text(encoding="utf-8") for name in ("compose.yaml", "kubernetes/partnerwise.yaml")]
    return set(re.findall(r"PARTNERWISE_([A-Z_]+)", "\n".join(texts)))


def test_each_setting_is_read() -> None:
    for name in named_settings():
        assert name.removesuffix("_FILE").lower() in Settings.model_fields, name


def test_the_containers_write_nowhere_but_where_they_may() -> None:
    tool = [service for service in COMPOSE["services"].values() if service.get("image") == "partnerwise"]
    assert len(tool) == 3
    assert all(one["read_only"] and one["cap_drop"] == ["ALL"] for one in tool)
    users = re.findall(r"^USER (\w+)$", DOCKERFILE, re.MULTILINE)
    assert users == ["partnerwise"]


def test_each_secret_that_a_container_reads_is_given_to_it() -> None:
    for service in COMPOSE["services"].values():
        read = re.findall(r"/run/secrets/(\w+)", str(service.get("environment", {})))
        assert set(read) <= set(service.get("secrets", [])), service
    assert {name for service in COMPOSE["services"].values() for name in service.get("secrets", [])} <= set(
        COMPOSE["secrets"]
    )


def test_the_image_copies_only_what_is_there() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    kept = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert kept
    for name in kept:
        assert (ROOT / name).exists(), name
    for name in re.findall(r"-r (\S+)", DOCKERFILE):
        assert (ROOT / name).is_file()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here")
def test_nginx_takes_its_configuration(tmp_path: Path) -> None:
    key, certificate = tmp_path / "partnerwise.key", tmp_path / "partnerwise.crt"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    site = (DEPLOY / "nginx" / "partnerwise.conf").read_text(encoding="utf-8")
    site = site.replace("/etc/nginx/tls", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
    site = site.replace("http://web:8000", "http://127.0.0.1:8000")
    (tmp_path / "site.conf").write_text(site, encoding="utf-8")
    whole = f"pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}} http {{ include {tmp_path}/site.conf; }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    tried = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
