"""Questions as an LMS grades them itself (IMS QTI 1.2.1, Common Cartridge profile)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from scorm_builder import markup
from scorm_builder.activities import Activity, Question
from scorm_builder.cartridge.resources import Resource
from scorm_builder.exporters.ims_manifest import element, serialised
from scorm_builder.questions import Matching, MultipleChoice, Ordering, ShortAnswer, SingleChoice
from scorm_builder.templating import shuffled

_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_ORDERS_SHOWN = 4


@dataclass(frozen=True)
class Asked:
    """A question in the profile's terms; an option is (text, feedback, right)."""

    id: str
    text: str
    options: tuple[tuple[str, str, bool], ...]
    several: bool = False
    written: tuple[str, ...] = ()
    feedback: tuple[str, str] = ("", "")


def quiz_resource(identifier: str, title: str, questions: Sequence[Activity]) -> Resource | None:
    """An assessment of all questions that the profile knows, or None where there are none."""
    asked = [one for question in questions for one in _asked(question)]
    if not asked:
        return None
    prefixes: dict[str | None, str] = {None: _QTI}
    root = etree.Element(f"{{{_QTI}}}questestinterop", nsmap=prefixes)  # type: ignore[arg-type]
    assessment = element(root, _QTI, "assessment", ident=identifier, title=title)
    _add_facts(assessment, cc_profile="cc.exam.v0p1", qmd_assessmenttype="Examination", cc_maxattempts="unlimited")
    section = element(assessment, _QTI, "section", ident=f"{identifier}-section")
    for one in asked:
        _add_item(section, one)
    return Resource(identifier, "quiz", {f"quizzes/{identifier}.xml": serialised(root)})


def _asked(question: Activity) -> Iterator[Asked]:
    """A question as the profile has it: a pair of a matching is a choice, an order is chosen among orders."""
    match question:
        case SingleChoice() | MultipleChoice():
            options = tuple((one.text, one.feedback, one.correct) for one in question.options)
            yield Asked(question.id, question.question, options, several=isinstance(question, MultipleChoice))
        case ShortAnswer():
            said = (question.feedback.right, question.feedback.wrong)
            yield Asked(question.id, question.question, (), written=question.answers, feedback=said)
        case Matching():
            for number, pair in enumerate(question.pairs, 1):
                rights = tuple((right, pair.feedback or "", right == pair.right) for right in question.rights)
                order = shuffled(len(rights), f"{question.id}-{number}")
                yield Asked(
                    f"{question.id}-{number}",
                    f"{question.question} **{pair.left}**",
                    tuple(rights[one] for one in order),
                )
        case Ordering():
            yield Asked(question.id, question.question, tuple(_orders(question)))


def _orders(question: Ordering) -> Iterator[tuple[str, str, bool]]:
    """The right order among some others, in a place that is always the same."""
    right = tuple(range(len(question.items)))
    orders = dict.fromkeys([right, *(tuple(shuffled(len(right), f"{question.id}-{seed}")) for seed in range(9))])
    shown = list(orders)[:_ORDERS_SHOWN]
    for place in shuffled(len(shown), question.id):
        order = shown[place]
        said = question.feedback.right if order == right else question.feedback.wrong
        yield " → ".join(question.items[item] for item in order), said, order == right


def _add_item(section: etree._Element, asked: Asked) -> None:
    # The profile's single choice has three options or more, and LMSs show its true or false without our words.
    asked = replace(asked, several=True) if len(asked.options) == 2 else asked
    profile = "fib" if asked.written else "multiple_response" if asked.several else "multiple_choice"
    item = element(section, _QTI, "item", ident=asked.id)
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
    _add_marking(item, asked)


def _add_marking(item: etree._Element, asked: Asked) -> None:
    """Feedback of each option first, then the points; 100 for all that is right and nothing else."""
    processing = element(item, _QTI, "resprocessing")
    outcomes = element(processing, _QTI, "outcomes")
    element(outcomes, _QTI, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    said = [(f"o{number}", feedback) for number, (_, feedback, _) in enumerate(asked.options) if feedback]
    for name, _ in said:
        condition = element(processing, _QTI, "respcondition", **{"continue": "Yes"})
        _add_equal(element(condition, _QTI, "conditionvar"), name)
        element(condition, _QTI, "displayfeedback", feedbacktype="Response", linkrefid=f"{name}_fb")
    condition = element(processing, _QTI, "respcondition", **{"continue": "No"})
    _add_rule(element(condition, _QTI, "conditionvar"), asked)
    element(condition, _QTI, "setvar", "100", action="Set", varname="SCORE")
    for name, feedback in said:
        _add_text(element(item, _QTI, "itemfeedback", ident=f"{name}_fb"), feedback)


def _add_rule(variable: etree._Element, asked: Asked) -> None:
    if asked.written:
        for answer in asked.written:
            _add_equal(variable, answer)
        return
    place = element(variable, _QTI, "and") if asked.several else variable
    for number, (_, _, right) in enumerate(asked.options):
        if right:
            _add_equal(place, f"o{number}")
        elif asked.several:
            _add_equal(element(place, _QTI, "not"), f"o{number}")


def _add_equal(above: etree._Element, value: str) -> None:
    element(above, _QTI, "varequal", value, respident="response")


def _add_text(above: etree._Element, text: str) -> None:
    material = element(above, _QTI, "material")
    element(material, _QTI, "mattext", markup.inline(text, {}), texttype="text/html")


def _add_facts(above: etree._Element, **facts: str) -> None:
    metadata = element(above, _QTI, "qtimetadata")
    for label, entry in facts.items():
        fact = element(metadata, _QTI, "qtimetadatafield")
        element(fact, _QTI, "fieldlabel", label)
        element(fact, _QTI, "fieldentry", entry)


def is_question(activity: Activity) -> bool:
    """Whether an activity can be asked in a quiz."""
    return isinstance(activity, Question)
