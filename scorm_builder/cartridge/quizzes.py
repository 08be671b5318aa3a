"""Questions as an LMS grades them itself (IMS QTI 1.2.1, Common Cartridge profile)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeGuard, assert_never

from lxml import etree

from scorm_builder.cartridge.resources import Resource
from scorm_builder.cartridge.spellings import spellings
from scorm_builder.course.activities import Activity, Question
from scorm_builder.course.questions import Matching, MultipleChoice, Ordering, ShortAnswer, SingleChoice
from scorm_builder.exporters.ims_manifest import element, serialised
from scorm_builder.markup import markdown
from scorm_builder.markup.templating import plain_text, shuffled

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_ORDERS_SHOWN = 4
MOODLE_MARKS = 4
LONGEST_TITLE, LARGEST_TITLE = 80, 255
"""Characters, since a list of questions shows no more; bytes in UTF-8, which is what Moodle holds."""


@dataclass(frozen=True)
class Asked:
    """A question in the profile's terms; options are (text, feedback, right), `feedback` (when right, when wrong)."""

    id: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    several: bool = False
    written: tuple[str, ...] = ()
    feedback: tuple[str, str] = ("", "")
    name: str = ""

    @property
    def title(self) -> str:
        """What lists of questions show, in plain text."""
        text = self.name or self.text
        title = plain_text(text, LONGEST_TITLE)
        return title if len(title.encode()) <= LARGEST_TITLE else plain_text(text, LARGEST_TITLE // 4)


def quiz_resources(
    identifier: str, title: str, questions: Sequence[Question], *, for_moodle: bool, graded: bool
) -> list[tuple[Resource, str]]:
    """Assessments of all questions that the profile knows, with their titles; none where there are none.

    Moodle gives every imported quiz four marks, however many questions it has: what is `graded` is asked there in
    quizzes of four, and of some more in the last ones where four do not divide them.
    """
    asked = [one for question in questions for one in _asked(question)]
    portions = _portions(asked) if for_moodle and graded else [asked] if asked else []
    made = []
    for number, portion in enumerate(portions, 1):
        name = identifier if len(portions) == 1 else f"{identifier}-{number}"
        titled = title if len(portions) == 1 else f"{title} ({number}/{len(portions)})"
        made.append((_quiz(name, titled, portion, for_moodle=for_moodle), titled))
    return made


def _portions(asked: Sequence[Asked]) -> list[Sequence[Asked]]:
    count = max(len(asked) // MOODLE_MARKS, 1)
    ends = [len(asked) * number // count for number in range(1, count + 1)]
    return [asked[start:end] for start, end in pairwise([0, *ends]) if start < end]


def _quiz(identifier: str, title: str, asked: Sequence[Asked], *, for_moodle: bool) -> Resource:
    prefixes: dict[str | None, str] = {None: _QTI}
    root = etree.Element(f"{{{_QTI}}}questestinterop", nsmap=prefixes)  # type: ignore[arg-type]
    assessment = element(root, _QTI, "assessment", ident=identifier, title=title)
    _add_facts(assessment, cc_profile="cc.exam.v0p1", qmd_assessmenttype="Examination", cc_maxattempts="unlimited")
    section = element(assessment, _QTI, "section", ident="root_section")
    for one in asked:
        _add_item(section, one, for_moodle=for_moodle)
    return Resource(identifier, "quiz", {f"quizzes/{identifier}.xml": serialised(root)})


def _asked(question: Question) -> Iterator[Asked]:
    """A question as the profile has it: a pair of a matching is a choice, an order is chosen among orders."""
    match question:
        case SingleChoice() | MultipleChoice():
            options = tuple((one.text, one.feedback, one.correct) for one in question.options)
            yield Asked(question.id, question.question, options, several=isinstance(question, MultipleChoice))
        case ShortAnswer():
            said = (question.feedback.right, question.feedback.wrong)
            yield Asked(question.id, question.question, (), written=spellings(question.answers), feedback=said)
        case Matching():
            for number, pair in enumerate(question.pairs, 1):
                rights = tuple((right, pair.feedback or "", right == pair.right) for right in question.rights)
                order = shuffled(len(rights), f"{question.id}-{number}")
                yield Asked(
                    f"{question.id}-{number}",
                    f"{question.question} **{pair.left}**",
                    tuple(rights[one] for one in order),
                    name=f"{pair.left}: {question.question}",
                )
        case Ordering():
            yield Asked(question.id, question.question, tuple(_orders(question)))
        case _:
            assert_never(question)


def _orders(question: Ordering) -> Iterator[tuple[str, str, bool]]:
    """The right order among some others, in a place that is always the same."""
    right = tuple(range(len(question.items)))
    orders = dict.fromkeys([right, *(tuple(shuffled(len(right), f"{question.id}-{seed}")) for seed in range(9))])
    shown = list(orders)[:_ORDERS_SHOWN]
    for place in shuffled(len(shown), question.id):
        order = shown[place]
        said = question.feedback.right if order == right else question.feedback.wrong
        yield " → ".join(question.items[item] for item in order), said, order == right


def _add_item(section: etree._Element, asked: Asked, *, for_moodle: bool) -> None:
    # The profile's single choice has three options or more, and LMSs show its true or false without our words.
    asked = replace(asked, several=True) if len(asked.options) == 2 else asked
    profile = "fib" if asked.written else "multiple_response" if asked.several else "multiple_choice"
    item = element(section, _QTI, "item", ident=asked.id, title=asked.title)
    metadata = element(item, _QTI, "itemmetadata")
    _add_facts(metadata, cc_profile=f"cc.{profile}.v0p1")
    presentation = element(item, _QTI, "presentation")
    _add_text(presentation, asked.text)
    if asked.written:
        written = element(presentation, _QTI, "response_str", ident="response", rcardinality="Single")
        element(written, _QTI, "render_fib", prompt="Dashline")
    else:
        cardinality = "Multiple" if asked.several else "Single"
        listed = element(presentation, _QTI, "response_lid", ident="response", rcardinality=cardinality)
        choices = element(listed, _QTI, "render_choice")
        for number, (text, _, _) in enumerate(asked.options):
            _add_text(element(choices, _QTI, "response_label", ident=f"o{number}"), text)
    _add_marking(item, asked, for_moodle=for_moodle)


def _add_marking(item: etree._Element, asked: Asked, *, for_moodle: bool) -> None:
    """The points first, 100 for all that is right and nothing else; then what is said to each option.

    Open edX's importer takes every option named before the points for a right one. What is said to the right option
    of a single choice stands with the points: Moodle gives an option the points of the last condition that names it.
    """
    processing = element(item, _QTI, "resprocessing")
    outcomes = element(processing, _QTI, "outcomes")
    element(outcomes, _QTI, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    scoring = element(processing, _QTI, "respcondition", **{"continue": "No"})
    _add_rule(element(scoring, _QTI, "conditionvar"), asked)
    element(scoring, _QTI, "setvar", "100", action="Set", varname="SCORE")
    said = {f"o{number}": feedback for number, (_, feedback, _) in enumerate(asked.options) if feedback}
    right = {f"o{number}" for number, (_, _, right) in enumerate(asked.options) if right}
    for name in said:
        if name in right:
            _show(scoring, name)
    # Of several chosen options each has its say; Moodle would say what goes on a second time, all of it to everybody.
    goes_on = "Yes" if asked.several and not for_moodle else "No"
    for name in said:
        if asked.several or name not in right:
            condition = element(processing, _QTI, "respcondition", **{"continue": goes_on})
            _add_equal(element(condition, _QTI, "conditionvar"), name)
            _show(condition, name)
    said |= _say_to_written(processing, scoring, asked)
    for name, feedback in said.items():
        told = element(item, _QTI, "itemfeedback", ident=f"{name}_fb")
        _add_text(element(told, _QTI, "flow_mat"), feedback)


def _say_to_written(processing: etree._Element, scoring: etree._Element, asked: Asked) -> dict[str, str]:
    """What is said to a right and to any other answer that people write themselves, by name."""
    right, wrong = asked.feedback
    if right:
        _show(scoring, "correct")
    if wrong:
        condition = element(processing, _QTI, "respcondition", **{"continue": "No"})
        element(element(condition, _QTI, "conditionvar"), _QTI, "other")
        _show(condition, "general_incorrect")
    return {name: text for name, text in (("correct", right), ("general_incorrect", wrong)) if text}


def _show(condition: etree._Element, name: str) -> None:
    element(condition, _QTI, "displayfeedback", feedbacktype="Response", linkrefid=f"{name}_fb")


def _add_rule(variable: etree._Element, asked: Asked) -> None:
    if asked.written:
        for answer in asked.written:
            _add_equal(variable, answer)
        return
    place = element(variable, _QTI, "and") if asked.several else variable
    # Moodle finds the right options of several by `case` alone.
    exactly = {"case": "Yes"} if asked.several else {}
    for number, (_, _, right) in enumerate(asked.options):
        if right:
            _add_equal(place, f"o{number}", **exactly)
        elif asked.several:
            _add_equal(element(place, _QTI, "not"), f"o{number}", **exactly)


def _add_equal(above: etree._Element, value: str, **attributes: str) -> None:
    element(above, _QTI, "varequal", value, respident="response", **attributes)


def _add_text(above: etree._Element, text: str) -> None:
    material = element(above, _QTI, "material")
    element(material, _QTI, "mattext", markdown.inline(text, {}), texttype="text/html")


def _add_facts(above: etree._Element, **facts: str) -> None:
    metadata = element(above, _QTI, "qtimetadata")
    for label, entry in facts.items():
        fact = element(metadata, _QTI, "qtimetadatafield")
        element(fact, _QTI, "fieldlabel", label)
        element(fact, _QTI, "fieldentry", entry)


def is_asked_in_quizzes(activity: Activity) -> TypeGuard[Question]:
    """Whether a quiz asks it: all that counts, and of practice what an LMS asks as well as a page does."""
    return isinstance(activity, Question) and (activity.counts or not isinstance(activity, Matching | Ordering))
