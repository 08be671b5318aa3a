"""A course of one unit with every kind of activity, written into a folder by the tests."""

from pathlib import Path

COURSE = """\
id: small
title: {en: A small course}
languages: [en]
licence: CC-BY-4.0
version: "1.0"
mastery: {pages: all, check: 70}
modules:
  - id: m1
    title: {en: The only module}
    aim: {en: To be small}
    units: [m1u1]
"""
JOURNAL = """\
prompts:
  - id: j1
    code: J1
    unit: m1u1
    title: Think
    question: "What *changed*?"
    points: 15
    rubric: writing
    words: {min: 1, max: 9}
"""
RUBRICS = """\
rubrics:
  - id: writing
    title: Writing
    source: Our own
    criteria:
      - id: clear
        title: Clear
        question: "Is it clear?"
        levels:
          - {points: 0, title: "No", description: Not yet}
          - {points: 1, title: "Yes", description: It is}
"""
ROADMAP = """\
sections:
  - id: p1
    code: P1
    title: Words
    question: "What do we mean?"
    fields: [{name: words, label: Our words, kind: long, limit: 400}]
  - id: p4
    code: P4
    title: Priorities
    question: What first?
    row: {kind: priority, singular: priority, plural: priorities, fields: [{name: what, label: What, kind: text}]}
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><circle cx="10" cy="10" r="8"/></svg>'
UNIT = """\
---
id: m1u1
title: "The unit"
minutes: 20
summary: A unit with one of each kind.
outcomes: [{id: m1.o1, text: Tell *one* from two}]
artefact: {prompt: j1, text: A short piece.}
references:
  - {id: epstein2011, text: "Epstein, J. L. (2011). *Partnerships*. Westview.", url: "https://example.org/book"}
---
# First page {#first minutes=5}
Words about words [@epstein2011, p. 5]. See [the last page](#last) or [a site](https://example.org/).

![Two circles](assets/circles.svg "Circles")

| Who | When |
|:----|-----:|
| All | now |

::: case A school
It happened here.
:::

```single-choice
id: one
objective: Choose one
counts: true
question: Which is right?
options:
  - {text: This one, correct: true, feedback: It is.}
  - {text: That one, feedback: It is not.}
```

# Second page {#second minutes=5}
```multiple-choice
id: some
objective: Choose some
counts: true
question: Which hold?
options:
  - {text: Alpha, correct: true, feedback: Alpha holds.}
  - {text: Beta, correct: true, feedback: Beta holds.}
  - {text: Gamma, feedback: Gamma does not.}
```

```matching
id: pairs
objective: Match
question: Which go together?
pairs:
  - {left: Cat, right: Milk, feedback: Cats like it.}
  - {left: Dog, right: Bone}
```

```ordering
id: order
objective: Order
question: In which order?
items: [First, Then, Last]
feedback: {right: That is the order., wrong: Not that order.}
```

# Third page {#third}
```scale
id: before
objective: See where you stand
moment: before
levels: [Low, Middle, High]
statements: [{id: s1, text: I can}, {id: s2, text: I will}]
feedback: Come back later.
```

```poll
id: values
objective: Say what you value
levels: [Agree, Doubt]
statements: [{id: v1, text: Home matters}]
feedback: Ask a colleague.
```

```cards
id: deck
objective: Turn them
cards:
  - {front: Front one, back: Back one}
  - {front: Front two, back: Back two}
```

# Last page {#last minutes=5}
```reflection
id: words
objective: Write briefly
question: What do you take with you?
limit: 60
example: A thought.
feedback: Keep it.
prompt: j1
```

```reflection
id: essay
objective: Write at length
question: And in full?
limit: 5000
```
"""


def write_small_course(folder: Path, unit: str = UNIT, course: str = COURSE) -> Path:
    """Write the course and return its folder."""
    files = {
        "course.yaml": course,
        "en/m1u1.md": unit,
        "en/journal.yaml": JOURNAL,
        "en/rubrics.yaml": RUBRICS,
        "en/roadmap.yaml": ROADMAP,
        "assets/circles.svg": PICTURE,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
