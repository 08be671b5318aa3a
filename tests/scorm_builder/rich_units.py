"""The units of the rich course: what the small course does not have."""

QUESTION = """
```single-choice
id: q{number}
objective: Know {number}
counts: true
question: Question {number}?
options:
  - {{text: Right {number}, correct: true, feedback: Yes {number}.}}
  - {{text: Wrong {number}, feedback: No {number}.}}
  - {{text: Other {number}, feedback: Nor {number}.}}
  - {{text: Last {number}, feedback: Not {number}.}}
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
