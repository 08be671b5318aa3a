"""Cartridges of the rich course with more kinds of questions, for tests of what LMSs read in them."""

import zipfile
from pathlib import Path

from click.testing import CliRunner

from scorm_builder.__main__ import main
from tests.scorm_builder.rich_course import write_rich_course
from tests.scorm_builder.rich_units import M1U1, QUESTION

TOOL = "https://tool.example.org/partnerwise"
CHOICES = """
```multiple-choice
id: several
objective: Know all
counts: true
question: Which **hold**?
options:
  - {text: First, correct: true, feedback: Yes indeed.}
  - {text: Second, feedback: Not that.}
  - {text: Third, correct: true, feedback: That too.}
```

```matching
id: pairs
objective: Match
counts: true
question: What belongs?
pairs:
  - {left: Sun, right: Day, feedback: It shines.}
  - {left: Moon, right: Night, feedback: It is pale.}
  - {left: Star, right: Sky, feedback: It is far.}
```
"""
LONG = QUESTION.format(number=6).replace("Question 6?", f"Question 6, {'which is long and Greek, Ερώτηση ' * 12}?")
UNIT = M1U1.replace("draw: 2", "draw: 4") + CHOICES + LONG
Files = dict[str, bytes]


def build_cartridges(out: Path, *formats: str) -> dict[str, Path]:
    """The cartridges of the course in English, with links to the tool, by format."""
    course = write_rich_course(out / "course", **{"m1u1.md": UNIT})
    asked = ["--format", ",".join(formats), "--language", "en", "--tool-url", TOOL, "--out", str(out)]
    result = CliRunner().invoke(main, ["build", str(course), *asked])
    assert result.exit_code == 0, result.output
    return {name: out / f"rich-{name}-en.zip" for name in formats}


def files_of(package: Path) -> Files:
    """What a zip holds, by name."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
