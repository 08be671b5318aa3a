"""A course with everything that the format knows: two modules, three units, a second language that lacks a part."""

from pathlib import Path

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
QUESTION = """
```single-choice
id: q{number}
objective: Know {number}
counts: true
question: Question {number}?
options:
  - {{text: Right {number}, correct: true, feedback: Yes {number}.}}
  - {{text: Wrong {number}, feedback: No {number}.}}
```
"""
M1U1 = """\
---
id: m1u1
title: "Looking"
minutes: 30
summary: A unit with the rest of the kinds.
outcomes: [{id: m1.o1, text: Look closely}]
check: {page: check, draw: 2, pass: 50}
artefact: {section: p2, text: Your sources.}
references: [{id: goodall2014, text: "Goodall, J. (2014). *A continuum*."}]
further: [{reference: goodall2014, good_for: "Short, and free to read."}]
---
# Welcome {#welcome minutes=5 kind=welcome}
An [audit](glossary:audit) begins here.

```short-answer
id: word
objective: Find the word
question: "What is it called?"
answers: ["audit", "an audit", "έλεγχος"]
sample: an audit
feedback: {right: That is it., wrong: Think of sums.}
```

```checklist
id: ready
objective: Be ready
question: What have you done?
items: [{id: asked, text: I asked}, {id: told, text: I told}]
feedback: Keep it.
```

```download
id: sheet
objective: Write it down
text: For your walk.
handout: audit-sheet
```

# Talk {#talk minutes=10 kind=lecture}
Before the slides.

## One

![Two circles](assets/circles.svg)

Script one.

## Two

![Two circles](assets/circles.svg)

Script two.

## Three

![Two circles](assets/circles.svg)

Script three.

# At the gate {#gate minutes=10 kind=case}
```scale
id: can-do
objective: See where you stand
moment: before
levels: [Low, Middle, High]
statements: [{id: s1, text: I can}, {id: s2, text: I will}, {id: s3, text: I do}]
feedback: Come back later.
```

```scenario
id: at-the-gate
objective: Try it out
intro: A rainy *Monday*.
scenes:
  - id: gate
    text: A father waits.
    choices:
      - {text: Wave, to: wave, feedback: He waves back.}
      - {text: Walk on, to: alone}
  - id: wave
    text: He comes nearer.
    choices:
      - {text: Talk, to: talk}
      - {text: Wait, to: gate}
  - {id: talk, text: You talk., ending: good, feedback: You had time.}
  - {id: alone, text: He leaves., ending: poor, feedback: He had come far.}
```

# Check {#check minutes=5 kind=check}
""" + "".join(QUESTION.format(number=number) for number in range(1, 6))
M1U2 = """\
---
id: m1u2
title: "Looking again"
minutes: 20
summary: A unit with the second look.
outcomes: [{id: m1.o2, text: Compare}]
---
# Again {#again minutes=5}
```scale
id: can-do-now
objective: See how far you came
moment: after
levels: [Low, Middle, High]
statements: [{id: s1, text: I can}, {id: s2, text: I will}, {id: s3, text: I do}]
feedback: Well done.
```

# Welcome {#welcome minutes=5}
```single-choice
id: q1
objective: Count
counts: true
question: Which counts?
options:
  - {text: This one, correct: true, feedback: Yes.}
  - {text: That one, feedback: No.}
```

```reflection
id: essay
objective: Write
question: What next?
limit: 5000
```
"""
M2U1 = """\
---
id: m2u1
title: "Ending"
minutes: 10
summary: A unit in which nothing counts.
outcomes: [{id: m2.o1, text: End}]
---
# Only {#only minutes=10}
Words.
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
