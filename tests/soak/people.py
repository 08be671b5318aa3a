"""What people and senders do during a soak, each in a thread of its own until it is over."""

import random
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import requests

from tests.fixtures.walking import Walker
from tests.soak.desk import PROMPT, Desk
from tests.soak.platforms import SoakPlatform

AWAY = (requests.ConnectionError, requests.Timeout)
HEAVY = "<p><b>x</x></p>" * 3000
MARK = re.compile(r"#(\d+)#")


@dataclass
class Seen:
    """What all of them saw, counted."""

    over: threading.Event = field(default_factory=threading.Event)
    answers: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def take(self, who: str, answer: requests.Response, expected: tuple[int, ...]) -> bool:
        """Count an answer; whether it is one of those that are right. 503 and 429 ask to come again, and are right."""
        self.answers[f"{who} {answer.status_code}"] += 1
        if answer.status_code in (503, 429):
            self.over.wait(min(float(answer.headers.get("Retry-After", 1)), 2))
            return False
        if answer.status_code not in expected:
            self.faults.append(f"{who}: {answer.status_code} {answer.text[:300]}")
            return False
        return True


@dataclass
class Writer:
    """Somebody who writes one piece and saves it again and again; `confirmed` is the newest number that was saved."""

    name: str
    pause: float
    confirmed: int = 0
    sent: int = 0
    _version: int = 0

    def write(self, seen: Seen, platform: SoakPlatform, tool: str) -> None:
        """Write until it is over; comes by another launch where the page is lost."""
        page: Walker | None = None
        while not seen.over.is_set():
            try:
                page = page or platform.launch(tool, self.name, "Learner", PROMPT, "writers")
                self._save(seen, page)
            except AWAY:
                seen.answers["writer away"] += 1
            except requests.HTTPError as refused:
                seen.take("launch of a writer", refused.response, ())
            seen.over.wait(self.pause)

    def _save(self, seen: Seen, page: Walker) -> None:
        self.sent += 1
        number = self.sent
        text = f"<p>#{number}# Ελληνικά 🎒</p>" + (HEAVY if number % 20 == 7 else "")
        answer = page.put(f"{PROMPT}/text", {"text": text, "version": self._version})
        if answer.status_code == 409:
            self._find_again(seen, answer)
        elif seen.take("writer", answer, (200,)):
            self._version, self.confirmed = answer.json()["version"], number

    def _find_again(self, seen: Seen, answer: requests.Response) -> None:
        """A save whose answer was lost has arrived: the text that the tool shows must be one of ours."""
        there = answer.json()["current"]
        number = number_in(there["text"])
        seen.answers["writer found again"] += 1
        if not self.confirmed <= number <= self.sent:
            seen.faults.append(f"{self.name}: {number} is there, {self.confirmed} was confirmed")
        self._version, self.confirmed = there["version"], number


def number_in(text: str) -> int:
    """The number of a writer's text, 0 where there is none."""
    found = MARK.search(text)
    return int(found[1]) if found else 0


def keep_launching(seen: Seen, platform: SoakPlatform, tool: str, every: float) -> None:
    """Launch another of a hundred people every so many seconds."""
    while not seen.over.is_set():
        begun = time.monotonic()
        try:
            platform.launch(tool, f"visitor-{random.randrange(100)}", "Learner", "course", "visitors")
            seen.answers["launch 200"] += 1
        except AWAY:
            seen.answers["launch away"] += 1
        except requests.HTTPError as refused:
            seen.take("launch", refused.response, ())
        seen.over.wait(max(0, every - (time.monotonic() - begun)))


def stall(seen: Seen, tool: str) -> None:
    """Begin to send a save again and again, and never go on."""
    address = urlsplit(tool)
    head = f"PUT /l/nobody/{PROMPT}/text HTTP/1.1\r\nHost: {address.netloc}\r\nContent-Length: 5000\r\n\r\n"
    while not seen.over.is_set():
        try:
            with socket.create_connection((address.hostname or "", address.port or 0), timeout=1) as line:
                line.sendall(f"{head}text=".encode())
                while not seen.over.wait(1) and not _hung_up(line):
                    pass
        except OSError:
            seen.over.wait(1)
        seen.answers["stalled"] += 1


def _hung_up(line: socket.socket) -> bool:
    try:
        return line.recv(1000) == b""
    except TimeoutError:
        return False


def burden(seen: Seen, platform: SoakPlatform, tool: str, number: int) -> None:
    """Teach a course of the hostile platform: rosters are asked for, and a grade waits for its column all the time."""
    course = f"hostile-{number}"
    desk: Desk | None = None
    while not seen.over.is_set():
        try:
            if desk is None:
                trainer = platform.launch(tool, f"trainer-{number}", "Instructor", "desk", course)
                desk = Desk(platform.launch(tool, f"trainee-{number}", "Learner", PROMPT, course), trainer)
            seen.take("hostile", desk.release(), (200,))
        except AWAY:
            seen.answers["hostile away"] += 1
        except requests.HTTPError as refused:
            seen.take("hostile", refused.response, ())
        seen.over.wait(1)
