"""Commands of the set-up, their log and the sentences of their failures."""

import errno
import sys
import time
from pathlib import Path

import pytest

from tests.fixtures.waiting import until
from tools.setting_up import side_by_side
from tools.workshop import StepFailed, Workshop, explain, explain_os_error


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("npm error code ENOSPC\nnpm error nospc", "the disk is full"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("npm error code EAI_AGAIN", "the package registry cannot be reached"),
        (
            "NewConnectionError: Failed to establish a new connection",
            "the package registry cannot be reached",
        ),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "certificate is not trusted here"),
        ("npm error code E404\nnpm error 404 gone\nnpm error A complete log of this run …", "404 gone"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock file names"),
        ("error: [Errno 13] Permission denied: 'x'", "not writable for you"),
        ("en/m1u1.md:3: no such kind\n", "en/m1u1.md:3: no such kind"),
        ("error: no README\nhint: see above\n", "error: no README"),
        ("", "it printed nothing"),
    ],
)
def test_a_failed_command_becomes_one_sentence(output: str, sentence: str) -> None:
    told = explain("It failed", output)
    assert told.startswith("It failed: ")
    assert sentence in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "cannot be written"), (errno.EIO, "refused")],
)
def test_a_refusal_of_the_operating_system_becomes_one_sentence(number: int, sentence: str) -> None:
    told = explain_os_error(OSError(number, "because", "var/log"))
    assert sentence in told
    assert "var/log" in told


def test_what_a_command_prints_is_in_the_log_and_a_failure_in_the_message(tmp_path: Path) -> None:
    shop = Workshop(tmp_path / "var" / "install.log")
    with pytest.raises(StepFailed, match="Nothing came of it: a reason"):
        shop.run(
            [sys.executable, "-c", "print('much', flush=True); raise SystemExit('a reason')"], "Nothing came of it"
        )
    assert "much" in (tmp_path / "var" / "install.log").read_text()


def test_when_one_of_two_works_fails_the_other_is_ended(tmp_path: Path) -> None:
    shop, begun = Workshop(tmp_path / "install.log"), tmp_path / "begun"
    program = f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(60)"
    failed_at: list[float] = []

    def long() -> None:
        shop.run([sys.executable, "-c", program], "The long work failed")

    def short() -> None:
        until(begun.exists, "the long work")
        failed_at.append(time.monotonic())
        raise StepFailed("The short work failed")

    with pytest.raises(StepFailed, match="The short work failed"):
        side_by_side(shop, long, short)
    assert time.monotonic() - failed_at[0] < 10
