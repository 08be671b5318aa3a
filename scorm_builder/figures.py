"""What a course amounts to: words, minutes, pages, activities, questions, pictures, outcomes; per unit and language."""

from collections import Counter
from collections.abc import Iterator

from scorm_builder.course.activities import KINDS
from scorm_builder.course.model import Course, Unit

TITLES = ("unit", "words", "minutes", "pages", "questions", "pictures", "outcomes", "activities")


def figures(course: Course) -> list[tuple[str, ...]]:
    """A row per unit and language, and one for all units of each language."""
    rows = []
    for language in course.head.languages:
        units = [editions[language] for editions in course.units.values() if language in editions]
        rows += [_row(unit) for unit in units]
        rows.append(_sum(units, language))
    return rows


def uncovered(course: Course) -> Iterator[str]:
    """Outcomes and objectives of a module's page that no unit of it leads to."""
    for language, edition in course.editions.items():
        for module in course.head.modules:
            page = edition.modules.get(module.id)
            units = [course.units[name][language] for name in module.units if language in course.units.get(name, {})]
            covered = {outcome.id for unit in units for outcome in unit.head.outcomes}
            for aim in (*page.head.outcomes, *page.head.objectives) if page else ():
                if not any(name == aim.id or name.startswith(aim.id) for name in covered):
                    yield f"{language}/modules/{module.id}.md: no unit has the outcome `{aim.id}`."


def _row(unit: Unit) -> tuple[str, ...]:
    counts: Counter[str] = Counter(activity.kind for activity in unit.activities)
    outcomes = " ".join(outcome.id.partition(".")[2] or outcome.id for outcome in unit.head.outcomes)
    return (
        f"{unit.id} {unit.language}",
        str(unit.words),
        str(unit.head.minutes),
        str(len(unit.pages)),
        _questions(unit),
        str(unit.pictures),
        outcomes,
        ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]),
    )


def _questions(unit: Unit) -> str:
    """Counting activities; with a closing check, how many an attempt draws of them."""
    counting = sum(activity.counts for activity in unit.activities)
    return f"{unit.head.check.draw} of {counting}" if unit.head.check else str(counting)


def _sum(units: list[Unit], language: str) -> tuple[str, ...]:
    activities = [activity for unit in units for activity in unit.activities]
    return (
        f"all {language}",
        str(sum(unit.words for unit in units)),
        str(sum(unit.head.minutes for unit in units)),
        str(sum(len(unit.pages) for unit in units)),
        str(sum(activity.counts for activity in activities)),
        str(sum(unit.pictures for unit in units)),
        str(len({outcome.id for unit in units for outcome in unit.head.outcomes})),
        f"{len(activities)} of {len({activity.kind for activity in activities})} kinds",
    )
