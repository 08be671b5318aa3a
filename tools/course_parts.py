"""The built course: the bundle that the tool serves, the packages that the demo LMS plays; the compiled catalogues."""

import shutil
from pathlib import Path

from tools.stamps import Stamp, digest, files_under
from tools.workshop import ROOT, Command, Workshop

COURSE = ROOT / "course_packages" / "parental_engagement"
PRODUCTS = {
    "web": ROOT / "lti_tool" / "course" / "bundle",
    "scorm12": ROOT / "lti_tool" / "demo" / "packages",
}


def build_course(shop: Workshop, python: Path) -> None:
    """Build the course in every form that the tool and the demo LMS hold, with the given Python."""
    stamp = Stamp(ROOT / "build" / "stamps" / "course", PRODUCTS.values())
    inputs = digest(course_sources())
    if stamp.is_fresh(inputs):
        return
    shop.say("Building the course …")
    stamp.clear()
    for form, place in PRODUCTS.items():
        fresh = ROOT / "build" / f"course-{form}"
        shutil.rmtree(fresh, ignore_errors=True)
        command: Command = [python, "-m", "scorm_builder", "build", COURSE, "--format", form, "--out", fresh]
        shop.run(command, "The course could not be built")
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(place)
    stamp.put(inputs)


def compile_catalogues(shop: Workshop, python: Path) -> None:
    """Compile the catalogues of the tool's own words, as far as there are any, with the given Python."""
    sources = sorted((ROOT / "lti_tool" / "translations").glob("*/LC_MESSAGES/*.po"))
    compiled = [source.with_suffix(".mo") for source in sources]
    stamp = Stamp(ROOT / "build" / "stamps" / "catalogues", compiled)
    inputs = digest(sources)
    if not sources or stamp.is_fresh(inputs):
        return
    shop.say("Compiling the catalogues …")
    stamp.clear()
    shop.run([python, "-m", "tools.translations", "compile"], "The catalogues could not be compiled")
    stamp.put(inputs)


def course_sources() -> list[Path]:
    """Return every file whose change makes the built course stale: course, builder, bundled player."""
    built_player = sorted((ROOT / "scorm_builder" / "player" / "built").glob("*"))
    return [*files_under(COURSE), *files_under(ROOT / "scorm_builder"), *built_player]
