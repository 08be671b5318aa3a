"""What Moodle and Open edX lose in a cartridge that is valid all the same (Common Cartridge 1.1 and 1.3; QTI 1.2.1).

Moodle takes cartridges of version 1.0 and 1.1 alone. Open edX's importer is cc2olx.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from scorm_builder.checking.addresses import file_meant
from scorm_builder.checking.opened import Opened, Rule

WEB_FOLDER = "web_resources/"
LONGEST_NAME = 255
"""Characters of a question's name in Moodle."""
_PAGES = (".htm", ".html", ".xhtml")
_SINGLE = {"cc.multiple_choice.v0p1", "cc.true_false.v0p1"}


def _for_moodle(package: Opened) -> bool:
    return "/imsccv1p1/" in package.namespace or "/imscc/" in package.namespace


def _no_folders_in_sections(package: Opened) -> Iterator[str]:
    for item in package.root.findall(".//{*}item/{*}item/{*}item") if _for_moodle(package) else ():
        if not item.get("identifierref"):
            title = item.findtext("{*}title") or item.get("identifier")
            yield f"The folder `{title}` lies in another: Moodle makes a label with a broken picture of it."


def _files_found(package: Opened) -> Iterator[str]:
    """Pictures lie where Open edX's importer looks, under names that Moodle finds without decoding them."""
    for resource in package.root.iter("{*}resource"):
        for file in resource.iter("{*}file") if resource.get("type") == "webcontent" else ():
            name = file_meant(file, file.get("href", "")) or ""
            if name and not name.startswith(WEB_FOLDER) and not name.lower().endswith(_PAGES):
                yield f"{name} lies outside of the folder `{WEB_FOLDER}`: Open edX's importer leaves it behind."
            if _for_moodle(package) and file.get("href", "").strip() != name:
                yield f"{name} is listed as `{file.get('href')}`: Moodle looks for a file by these very letters."


def _links_whole(package: Opened) -> Iterator[str]:
    for name, root in package.documents.items():
        if not root.tag.endswith("}cartridge_basiclti_link"):
            continue
        if not (root.findtext("{*}description") or "").strip():
            yield f"{name} has no `blti:description`: Open edX's importer loses the link."
        if _for_moodle(package) and not (root.findtext("{*}launch_url") or "").strip():
            yield f"{name} has no `blti:launch_url`: Moodle reads no other address."


def _questions_whole(package: Opened) -> Iterator[str]:
    for name, root in package.documents.items():
        for item in root.iter("{*}item") if root.tag.endswith("}questestinterop") else ():
            for fault in _faults_of_question(item, for_moodle=_for_moodle(package)):
                yield f"{name}, question {item.get('ident')}: {fault}"


def _faults_of_question(item: Any, *, for_moodle: bool) -> Iterator[str]:
    yield from _scored_late(item)
    if not for_moodle:
        return
    yield from _unnamed(item)
    yield from _feedback_lost(item)
    profile = item.findtext(".//{*}qtimetadatafield[{*}fieldlabel='cc_profile']/{*}fieldentry")
    if profile == "cc.multiple_response.v0p1":
        yield from _several_without_case(item)
    if profile in _SINGLE:
        yield from _points_taken_back(item)
    labels = {label.get("ident") for label in item.iter("{*}response_label")}
    if profile == "cc.true_false.v0p1" and labels != {"true", "false"}:
        yield "its answers must be called `true` and `false`, or Moodle refuses the whole cartridge."


def _unnamed(item: Any) -> Iterator[str]:
    title = item.get("title", "").strip()
    if not title:
        yield "it has no `title`, and Moodle gives a long question an empty name."
    elif len(title) > LONGEST_NAME:
        yield f"its `title` has more than {LONGEST_NAME} characters, which Moodle does not keep."


def _feedback_lost(item: Any) -> Iterator[str]:
    for feedback in item.findall("{*}itemfeedback"):
        if feedback.find(".//{*}mattext") is not None and feedback.find("{*}flow_mat/{*}material/{*}mattext") is None:
            yield f"its feedback {feedback.get('ident')} is not in `flow_mat/material`, and Moodle loses it."


def _scored_late(item: Any) -> Iterator[str]:
    """Whatever an option before the points is named for, cc2olx takes it for right."""
    for condition in item.iterfind("{*}resprocessing/{*}respcondition"):
        if condition.find("{*}setvar") is not None:
            return
        if condition.find("{*}conditionvar//{*}varequal") is not None:
            yield "feedback comes before the points, and Open edX's importer takes its option for a right one."
            return


def _several_without_case(item: Any) -> Iterator[str]:
    for condition in item.iterfind("{*}resprocessing/{*}respcondition"):
        named = [one for one in condition.iter("{*}varequal") if not one.getparent().tag.endswith("}not")]
        if condition.find("{*}setvar") is not None and any(one.get("case") != "Yes" for one in named):
            yield 'a right option goes without `case="Yes"`, and Moodle finds no right one.'
            return


def _points_taken_back(item: Any) -> Iterator[str]:
    """Moodle gives an option of a single choice the points of the last condition that names it."""
    points: dict[str, bool] = {}
    for condition in item.iterfind("{*}resprocessing/{*}respcondition"):
        option = condition.findtext("{*}conditionvar/{*}varequal")
        if option is not None:
            points[option] = bool(condition.findtext("{*}setvar"))
    if points and not any(points.values()):
        yield "after the points, feedback names the right option once more, and Moodle gives no points for it."


def is_cartridge(package: Opened) -> bool:
    """Whether a package is a Common Cartridge."""
    return str(etree.QName(package.root).namespace or "").startswith("http://www.imsglobal.org/xsd/imscc")


CARTRIDGE_RULES: tuple[Rule, ...] = (_no_folders_in_sections, _files_found, _links_whole, _questions_whole)
