"""A course with everything that the format knows: two modules, three units, a second language that lacks a part."""

from pathlib import Path

from tests.scorm_builder.rich_units import M1U1, M1U2, M2U1
from tests.scorm_builder.small_course import JOURNAL, PICTURE, RUBRICS

COURSE = """\
id: rich
title: {en: A rich course, el: Ένα πλούσιο μάθημα}
languages: [en, el]
licence: CC-BY-4.0
version: "1.0"
modules:
  - {id: m1, title: {en: First module, el: Πρώτη}, aim: {en: To begin, el: Αρχή}, units: [m1u1, m1u2]}
  - {id: m2, title: {en: Second module, el: Δεύτερη}, aim: {en: To end, el: Τέλος}, units: [m2u1]}
"""
ROADMAP = """\
sections:
  - id: p2
    code: P2
    title: Sources
    question: What is there?
    guiding: ["What do we know?"]
    row:
      kind: data-source
      singular: source
      plural: sources
      fields: [{name: what, label: What, kind: text, required: true}]
"""
GLOSSARY = """\
terms:
  - {id: audit, term: audit, text: "A look at what is there.", see: [baseline]}
  - {id: baseline, term: baseline, text: "Where you start from."}
"""
MEASURES = """\
measures:
  - id: m01
    title: Visits
    text: Go and see.
    who_leads: [head]
    for_whom: [parents]
    when: June
    why: To meet
    place: home
    meets: [home]
    effort: low
    hours: "4"
    watch_for: [time]
    adapt: Choose.
"""
HANDOUT = """\
---
id: audit-sheet
unit: m1u1
title: Audit sheet
paper: A4
use: One each
---
Name: ____

| What | Where |
|---|---|
| | |

![Two circles](assets/circles.svg)
"""
MODULE = """\
---
id: m1
outcomes: [{id: m1.o1, text: Look closely, units: [m1u1]}]
---
# Overview {#overview}
For trainees.

# For the facilitator {#facilitator}
For *you*.
"""
PLAN = """\
---
unit: m1u1
title: "Session plan"
note: Our own plan.
groups: In pairs
prepare: [Print]
modes:
  face-to-face:
    minutes: 15
    materials: [pens]
    steps:
      - {minutes: 10, title: Begin, text: Talk, handout: audit-sheet}
      - {minutes: 5, title: End, text: Stop}
handouts: [audit-sheet]
---
Watch the time.
"""
GREEK = {"en/m1u1.md": "el/m1u1.md", "en/journal.yaml": "el/journal.yaml", "en/glossary.yaml": "el/glossary.yaml"}


def write_rich_course(folder: Path, **changed: str) -> Path:
    """Write the course and return its folder; `changed` replaces files (`m1u1=…` is en/m1u1.md)."""
    files = {
        "course.yaml": COURSE,
        "en/m1u1.md": M1U1,
        "en/m1u2.md": M1U2,
        "en/m2u1.md": M2U1,
        "en/journal.yaml": JOURNAL,
        "en/rubrics.yaml": RUBRICS,
        "en/roadmap.yaml": ROADMAP,
        "en/glossary.yaml": GLOSSARY,
        "en/measures.yaml": MEASURES,
        "en/handouts/audit-sheet.md": HANDOUT,
        "en/modules/m1.md": MODULE,
        "en/plans/m1u1.md": PLAN,
        "assets/circles.svg": PICTURE,
    }
    files |= {f"en/{name.replace('__', '/')}": text for name, text in changed.items()}
    files |= {theirs: files[ours] for ours, theirs in GREEK.items()}
    files |= {"el/rubrics.yaml": RUBRICS, "el/roadmap.yaml": ROADMAP, "el/handouts/audit-sheet.md": HANDOUT}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
