"""Finding measures: by words, who leads them, for whom they are, where families take part, and how much effort."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lti_tool.search_text import LONGEST_SEARCH, folded
from scorm_builder.course_format.catalogues import Measure

PLACES = ("school", "home")
EFFORTS = ("low", "medium", "high")


@dataclass(frozen=True)
class MeasureSearch:
    """What is wanted; what is empty asks for nothing."""

    words: str = ""
    leads: str = ""
    whom: str = ""
    place: str = ""
    """`school` or `home`; measures in both places are found by either."""
    effort: str = ""

    @property
    def asks(self) -> bool:
        """Whether anything is asked for."""
        return any((self.words, self.leads, self.whom, self.place, self.effort))

    def finds(self, measure: Measure) -> bool:
        """Whether the measure is what is wanted: every word stands somewhere in it."""
        text = folded(" ".join(_texts(measure)))
        return (
            all(word in text for word in folded(self.words).split())
            and (not self.leads or self.leads in measure.who_leads)
            and (not self.whom or self.whom in measure.for_whom)
            and (not self.place or measure.place in {self.place, "both"})
            and (not self.effort or measure.effort == self.effort)
        )


def read_search(asked: Mapping[str, str]) -> MeasureSearch:
    """The search that an address's query names."""
    place, effort = asked.get("place", ""), asked.get("effort", "")
    return MeasureSearch(
        words=asked.get("words", "")[:LONGEST_SEARCH].strip(),
        leads=asked.get("leads", ""),
        whom=asked.get("whom", ""),
        place=place if place in PLACES else "",
        effort=effort if effort in EFFORTS else "",
    )


def searched_measures(measures: Sequence[Measure], asked: Mapping[str, str]) -> dict[str, Any]:
    """What pages that list measures show: those that the address asks for, and what can be asked for."""
    search = read_search(asked)
    choices = {
        "leads": _each(name for measure in measures for name in measure.who_leads),
        "whom": _each(name for measure in measures for name in measure.for_whom),
        "place": PLACES,
        "effort": EFFORTS,
    }
    found = [measure for measure in measures if search.finds(measure)]
    return {"search": search, "measures": found, "all_measures": measures, "search_choices": choices}


def _each(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=folded)


def _texts(measure: Measure) -> tuple[str, ...]:
    about = (measure.title, measure.text, measure.when, measure.why, measure.adapt)
    return (*about, *measure.who_leads, *measure.for_whom, *measure.watch_for)
