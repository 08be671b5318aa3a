"""`make bench-build`: the whole course in all formats in one process, beside a plain zip of the same files (the floor).

Then what a first launch of a unit and of a module costs in a real browser: requests, bytes and calls to the LMS.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request, sync_playwright

from scorm_builder.building import build_all
from scorm_builder.course.model import Course
from scorm_builder.exporters import formats_named
from scorm_builder.exporters.base import Granularity, Options
from scorm_builder.package import zip_bytes
from scorm_builder.report import table
from scorm_builder.sources.course_source import read_course
from tests.benchmarks.clock import timed
from tests.benchmarks.packager import packager_row
from tests.fixtures.browser import ARGUMENTS, find_chromium, open_page
from tests.scorm_builder.site import ROOT, Site, serving

COURSE = ROOT / "course_packages" / "parental_engagement"
GRANULARITIES: tuple[Granularity, ...] = ("unit", "module", "course")
TOOL = "https://tool.example.org"


def main() -> None:
    """Print the three tables."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        read, course = timed(lambda: read_course(COURSE))
        print(f"{len(course.units)} units; reading the sources the first time took {read:.2f} s\n")
        rows = [building(granularity, out) for granularity in GRANULARITIES]
        print(table(("what is built", "cold", "warm"), rows))
        print(
            "\n"
            + table(("the whole course as", "made and zipped in", "zipped in (the floor)", "size"), by_format(course))
        )
        print("\n" + table(("beside", "this builder", "simple-scorm-packager"), [packager_row(course)]))
        titles = ("first launch", "requests", "bytes", "calls to the LMS", "later pages, afterwards")
        print("\n" + table(titles, first_launches(out)))


def building(granularity: Granularity, out: Path) -> tuple[str, str, str]:
    """All formats in one language: reading, making and writing; at once, and once more."""
    options = Options(granularity, languages=("en",), tool_url=TOOL)

    def work() -> None:
        build_all(read_course(COURSE), formats_named("all", with_tool=True), options, out / granularity, lambda: None)

    return (f"all formats by {granularity}", f"{timed(work)[0]:.2f} s", f"{timed(work)[0]:.2f} s")


def by_format(course: Course) -> list[tuple[str, str, str, str]]:
    """Each format alone: what making and zipping takes beside zipping alone."""
    rows = []
    for chosen in formats_named("all", with_tool=True):
        options = Options("course", languages=("en",), tool_url=TOOL)
        making, packages = timed(lambda: list(chosen.export(course, options)))  # noqa: B023 - called at once
        zipping, sizes = timed(lambda: [len(zip_bytes(package.files)) for package in packages])  # noqa: B023
        rows.append((chosen.name, f"{making + zipping:.2f} s", f"{zipping:.2f} s", f"{sum(sizes) / 1000:.0f} kB"))
    return rows


def first_launches(out: Path) -> list[tuple[str, ...]]:
    """A unit and a module as SCORM 1.2, opened for the first time."""
    rows = []
    with _browser() as browser:
        for granularity, name in (("unit", "m1u1"), ("module", "m1")):
            zip_path = out / granularity / f"parental_engagement-{name}-scorm12-en.zip"
            with serving(Site(zip_path, out / granularity)) as site, open_page(browser) as page:
                rows.append((f"{name} ({zip_path.stat().st_size / 1000:.0f} kB zip)", *first_launch(page, site)))
    return rows


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = find_chromium()
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, ignore_default_args=True)
        yield chromium
        chromium.close()


def first_launch(page: Page, site: Site) -> tuple[str, ...]:
    """Requests, bytes and calls until the first page plays; and the bytes of the others, which come by themselves."""
    bodies: list[int] = []
    later: list[int] = []

    def weigh(request: Request) -> None:
        if "/unit/" in request.url:
            (later if ".pages.js?" in request.url else bodies).append(request.sizes()["responseBodySize"])

    page.on("requestfinished", weigh)
    page.goto(f"{site.address}/lms/lms.html")
    page.frame_locator("iframe").locator("[data-ready]").first.wait_for(timeout=60_000)
    page.wait_for_load_state("networkidle")
    calls = page.evaluate("window.calls.length")
    return str(len(bodies)), f"{sum(bodies) / 1000:.0f} kB", str(calls), f"{sum(later) / 1000:.0f} kB"


if __name__ == "__main__":
    main()
