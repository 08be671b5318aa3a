"""The steps of `make install`, in their order, side by side where nothing stands against it."""

import fcntl
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path

from tools import browser_parts, course_parts, installer, python_parts
from tools.workshop import ROOT, VENV, StepFailed, Workshop, explain_os_error

LOG = Path("var") / "install.log"


def main() -> int:
    """Set everything up; print one sentence and return 1 where that cannot be done."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    shop: Workshop | None = None
    try:
        with only_one(ROOT / "build"):
            shop = Workshop(ROOT / LOG)
            set_up(shop)
    except StepFailed as failure:
        print(f"{failure} The full log is {LOG}.", file=sys.stderr)
        return 1
    except OSError as failure:
        print(explain_os_error(failure), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        if shop:
            shop.stop()
        print("\nStopped; run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def set_up(shop: Workshop) -> None:
    """Do every step that is not done yet."""
    python_parts.make_venv(shop)
    node = ready_node(shop)

    def browser_side() -> None:
        browser_parts.install_browser_parts(shop, node)
        browser_parts.bundle_browser_parts(shop, node)

    side_by_side(shop, lambda: python_parts.install_packages(shop), browser_side)
    course_parts.compile_catalogues(shop, installer.PYTHON)
    course_parts.build_course(shop, installer.PYTHON)


def ready_node(shop: Workshop) -> browser_parts.Node:
    """Return the machine's Node, or install one into `.venv`."""
    node = browser_parts.find_node([])
    if node is None:
        python_parts.install_node(shop)
        node = browser_parts.find_node(VENV.glob("lib/python3*/site-packages"))
    if node is None:
        raise StepFailed("Node was installed into .venv but is not there: remove .venv and run this again.")
    return node


def side_by_side(shop: Workshop, *works: Callable[[], None]) -> None:
    """Do several works at once; when one fails, end the others and raise its failure."""
    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(work) for work in works]
        try:
            done, _ = wait(futures, return_when=FIRST_EXCEPTION)
        except BaseException:
            shop.stop()
            raise
        failed = next((future for future in done if future.exception()), None)
        if failed is not None:
            shop.stop()
            failed.result()


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Let one set-up of this folder work at a time; a second waits, then finds most of its work done."""
    folder.mkdir(exist_ok=True)
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up of this folder is at work; waiting for it …", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
