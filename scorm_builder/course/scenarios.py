"""A branching scenario: scenes with choices or an ending; all can be reached, every path can end (course format)."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from scorm_builder.course.declared import Uncounted
from scorm_builder.course_format.parts import LowerCaseId, Part, Words


class Way(Part):
    """Something to do in a scene, and the scene that it leads to; `feedback` is what happens at once."""

    text: Words
    to: LowerCaseId
    feedback: Words | None = None


class Scene(Part):
    """What happens (Markdown), then what one can do, or how it ended."""

    id: LowerCaseId
    text: Words
    choices: Annotated[tuple[Way, ...], Field(min_length=2, max_length=4)] | None = None
    ending: Literal["good", "mixed", "poor"] | None = None
    feedback: Words | None = None

    @model_validator(mode="after")
    def _goes_on_or_ends(self) -> Self:
        if bool(self.choices) == bool(self.ending):
            raise PydanticCustomError("goes_on", "A scene has either `choices` or an `ending`.")
        if bool(self.ending) != bool(self.feedback):
            raise PydanticCustomError("ending_feedback", "A scene with an `ending`, and no other, has `feedback`.")
        return self


class Scenario(Uncounted):
    """Scenes from the first one to an ending."""

    kind: Literal["scenario"]
    intro: Words | None = None
    scenes: Annotated[tuple[Scene, ...], Field(min_length=3, max_length=20)]

    @model_validator(mode="after")
    def _every_path_ends(self) -> Self:
        for mistake in _mistakes(self.scenes):
            raise PydanticCustomError("scenes", "{said}", {"said": mistake})
        return self


def _mistakes(scenes: tuple[Scene, ...]) -> Iterator[str]:
    names = [scene.id for scene in scenes]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"The scene `{name}` is there twice."
    ways = {scene.id: [way.to for way in scene.choices or ()] for scene in scenes}
    for name, targets in ways.items():
        for target in targets:
            if target not in ways:
                yield f"The scene `{name}` leads to `{target}`, which is not there."
                return
    reached = _closure(ways, {names[0]})
    for name in names:
        if name not in reached:
            yield f"No choice leads to the scene `{name}`."
        elif not _closure(ways, {name}) & {scene.id for scene in scenes if scene.ending}:
            yield f"From the scene `{name}` no path leads to an ending."


def _closure(ways: dict[str, list[str]], begun: set[str]) -> set[str]:
    """All scenes that can be reached, those begun with among them."""
    reached: set[str] = set()
    while begun:
        reached |= begun
        begun = {target for name in begun for target in ways[name]} - reached
    return reached
