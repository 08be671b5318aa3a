"""Starts the tool, its worker and the demo LMS for `make run`, and stops all of them together."""

import os
import secrets
import shutil
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.supervising import Program, ProgramEnded, StopAsked, Supervisor
from tools.workshop import explain, explain_os_error

PARTNERWISE = Path(sys.executable).with_name("partnerwise")
LEAST_FREE = 50 * 1024 * 1024  # bytes; less would fill up with the first pictures and logs


class CannotStart(Exception):
    """Something on this machine stands in the way; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class Place:
    """The two addresses and the folder of data."""

    port: int
    demo_port: int
    data: Path

    @property
    def tool_url(self) -> str:
        """The tool's address: another site than the demo LMS, so that its frame is truly cross-site."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def demo_url(self) -> str:
        """The address of the demo LMS, which is its issuer too."""
        return f"http://localhost:{self.demo_port}"

    @property
    def logs(self) -> Path:
        """The folder of the programs' output."""
        return self.data / "log"


def main() -> int:
    """Run everything until somebody stops it; return the exit code."""
    supervisor: Supervisor | None = None
    try:
        place = choose_place(os.environ)
        prepare(place)
        supervisor = Supervisor(environment(place, os.environ))
        supervisor.heed_signals()
        serve(supervisor, place)
    except StopAsked:
        say("Stopping …")
        return 0
    except ProgramEnded as ended:
        report(ended)
    except CannotStart as reason:
        say(str(reason))
    except OSError as failure:
        say(explain_os_error(failure))
    finally:
        if supervisor:
            supervisor.stop()
    return 1


def choose_place(env: Mapping[str, str]) -> Place:
    """Read the ports and the data folder from the environment; raises CannotStart for a port that is none."""
    place = Place(
        port_from(env, "PARTNERWISE_PORT", 8000),
        port_from(env, "PARTNERWISE_DEMO_PORT", 8001),
        Path(env.get("PARTNERWISE_DATA_DIR", "var")),
    )
    if place.port == place.demo_port:
        raise CannotStart("PARTNERWISE_PORT and PARTNERWISE_DEMO_PORT are the same; give each its own port.")
    return place


def port_from(env: Mapping[str, str], name: str, default: int) -> int:
    """Read one port from the environment."""
    text = env.get(name, "") or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"{name} is {text!r}, but a port is a number from 1 to 65535.")
    return int(text)


def prepare(place: Place) -> None:
    """See that the ports are free and the data folder can be written; raises CannotStart or OSError."""
    for name, port in (("PARTNERWISE_PORT", place.port), ("PARTNERWISE_DEMO_PORT", place.demo_port)):
        if is_taken(port):
            raise CannotStart(
                f"Port {port} is taken by another program (another `make run`, perhaps): "
                f"stop that one, or choose another port with `{name}={port + 10} make run`."
            )
    place.logs.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(place.data).free < LEAST_FREE:
        raise CannotStart(f"The disk is full: make room where {place.data.resolve()} lies and run this again.")
    for log in place.logs.glob("*.log"):
        log.replace(log.with_suffix(".previous"))


def is_taken(port: int) -> bool:
    """Whether a program listens on this port of this machine, be it by IPv4 or by IPv6."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return True
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def environment(place: Place, env: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a development run; what the environment already says of the rest is kept."""
    return {
        "PARTNERWISE_SECRET_KEY": secret_key(place.data / "secret_key"),
        "PARTNERWISE_PROCESSES": "1",  # starts sooner, and is enough for one person
        "PARTNERWISE_RELEASE_GRACE_SECONDS": env.get(
            "PARTNERWISE_RELEASE_GRACE_SECONDS", "10"
        ),  # who tries it out looks
        "PARTNERWISE_DEMO_CLASS": "1",
        **env,
        "PARTNERWISE_BASE_URL": place.tool_url,
        "PARTNERWISE_DEMO_URL": place.demo_url,
        "PARTNERWISE_DATA_DIR": str(place.data),
        "PARTNERWISE_ALLOW_PRIVATE_ADDRESSES": "1",
        "PARTNERWISE_DEVELOPMENT": "1",
        "PYTHONUNBUFFERED": "1",
    }


def secret_key(path: Path) -> str:
    """Return the secret of this data folder; made at the first start, readable by its owner alone."""
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text().strip()


def serve(supervisor: Supervisor, place: Place) -> None:
    """Start everything, say where to look, and stay until it ends (by StopAsked or ProgramEnded)."""

    def program(name: str, *words: str) -> Program:
        return Program(name, (PARTNERWISE, *words), place.logs / f"{name}.log")

    say("Starting the demo LMS …")
    supervisor.start(program("demo", "demo", "--port", str(place.demo_port)))
    say("Bringing the database up to date …")
    supervisor.finish(program("migrate", "migrate"))
    say("Starting the tool and its worker …")
    supervisor.start(program("tool", "serve", "--host", "127.0.0.1", "--port", str(place.port)))
    supervisor.start(program("worker", "worker"))
    supervisor.finish(program("platforms", "platforms", "add", *registration(place.demo_url)))
    for name, url in (("tool", f"{place.tool_url}/healthz"), ("demo LMS", f"{place.demo_url}/")):
        if not supervisor.wait_for_answer(url):
            raise CannotStart(f"The {name} does not answer at {url}; see the logs in {place.logs}.")
    say("Looking after the demo LMS's class of twelve …")
    supervisor.finish(program("class", "demo-class"))
    say(f"Ready. Open {place.demo_url} in a browser; Ctrl-C stops everything (logs: {place.logs}).")
    supervisor.watch()


def registration(demo_url: str) -> tuple[str, ...]:
    """Return the options that register the demo LMS with the tool."""
    return (
        *(
            "--issuer",
            demo_url,
            "--client-id",
            "partnerwise-demo",
            "--deployment-id",
            "1",
            "--label",
            "Demo LMS",
        ),
        *("--auth-url", f"{demo_url}/lti/auth", "--token-url", f"{demo_url}/lti/token"),
        *("--jwks-url", f"{demo_url}/lti/jwks"),
    )


def report(ended: ProgramEnded) -> None:
    """Say which program ended and show its last lines."""
    name = ended.program.name
    if "the disk is full;" in (reason := explain(f"{name} stopped", ended.output)):
        say(reason)
        return
    say(f"{name} stopped by itself with code {ended.code}, so the rest is stopped too. Its last lines:")
    say(ended.last_lines())
    say(f"All of it is in {ended.program.log}.")


def say(text: str) -> None:
    """Print at once; a terminal that was closed meanwhile is no reason to fail."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 (stays open until the end)


if __name__ == "__main__":
    sys.exit(main())
