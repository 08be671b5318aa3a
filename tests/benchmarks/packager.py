"""simple-scorm-packager on the files of one unit: it packs what is there already, and renders nothing."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from scorm_builder.course.model import Course
from scorm_builder.exporters import formats_named
from scorm_builder.exporters.base import Options
from scorm_builder.package import zip_bytes
from tests.benchmarks.clock import timed

RIVAL = Path(__file__).parent / "rivals" / "packager"
INSTALLED = Path("var/benchmarks/packager")


def packager_row(course: Course) -> tuple[str, str, str]:
    """One unit as SCORM 1.2: ours from the course in memory, theirs from finished files."""
    _install()
    (ours_format,) = formats_named("scorm12", with_tool=False)
    making, packages = timed(lambda: list(ours_format.export(course, Options("unit", languages=("en",)))))
    zipping, _ = timed(lambda: zip_bytes(packages[0].files))
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "source", Path(folder) / "out"
        for path, content in packages[0].files.items():
            if path != "imsmanifest.xml":
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                (source / path).write_bytes(content)
        out.mkdir()
        command = ["node", "pack.cjs", str(source), str(out)]
        told = subprocess.run(command, cwd=INSTALLED, capture_output=True, text=True, check=True).stdout
    rounds = next(line for line in told.splitlines() if line.startswith("seconds ")).split()[1:]
    return ("one unit, SCORM 1.2", f"{making / len(packages) + zipping:.3f} s", f"{min(map(float, rounds)):.3f} s")


def _install() -> None:
    """By its lock file, and only here."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "pack.cjs"):
        shutil.copy(RIVAL / name, INSTALLED / name)
    if not (INSTALLED / "node_modules" / "simple-scorm-packager").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=INSTALLED, check=True)
