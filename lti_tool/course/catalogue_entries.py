"""What a road map takes over from an entry of a catalogue: a measure, or a barrier with one of its responses."""

from collections.abc import Callable, Mapping

from lti_tool.errors import NotFound
from scorm_builder.course_format.data import Data

Chosen = Mapping[str, str]
"""What was chosen: `entry`, and of a barrier also `response` and `measure`, each by its identifier."""
Taken = Mapping[str, str]
"""By what fields of the course say of themselves: the identifier for `choices_from`, a text for `starts_with`."""


def can_be_taken_from(catalogue: str) -> bool:
    """Whether rows of a map can be made from entries of this catalogue."""
    return catalogue in _READERS


def take_entry(data: Data, catalogue: str, chosen: Chosen) -> Taken:
    """What a map takes over; raises NotFound for what the catalogue does not hold."""
    if catalogue not in _READERS:
        raise NotFound("catalogue")
    return _READERS[catalogue](data, chosen)


def _measure(data: Data, chosen: Chosen) -> Taken:
    for measure in data.measures.measures:
        if measure.id == chosen.get("entry"):
            return {"measures": measure.id, "title": measure.title, "place": measure.place}
    raise NotFound("measure")


def _barrier(data: Data, chosen: Chosen) -> Taken:
    for barrier in data.barriers.barriers:
        for response in barrier.responses:
            if (barrier.id, response.id) == (chosen.get("entry"), chosen.get("response")):
                measure = chosen.get("measure", "")
                if measure and measure not in response.measures:
                    raise NotFound("measure")
                text = f"{response.title}. {response.text}"
                return {"barriers": barrier.id, "title": barrier.title, "response": text, "measures": measure}
    raise NotFound("response")


_READERS: Mapping[str, Callable[[Data, Chosen], Taken]] = {"measures": _measure, "barriers": _barrier}
