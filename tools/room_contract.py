"""The map's rule "who may import whom" for the rooms of the tool, as a contract type of import-linter."""

from collections.abc import Iterator
from dataclasses import dataclass

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

TOOL = "lti_tool"
WEB_LIBRARIES = {"flask", "flask_babel", "flask_wtf", "werkzeug"}
COMPOSITION = {"app", "cli", "settings"}


@dataclass(frozen=True)
class Place:
    """Where a module of the tool stands: its room ("" for the core) and its layer there."""

    room: str
    layer: str


@dataclass(frozen=True)
class HouseRules:
    """What the map allows: arrows between rooms, the frame around every page, rooms that stand apart."""

    arrows: frozenset[tuple[str, str]]
    frame: str
    apart: frozenset[str]

    def objection(self, here: Place, there: Place | str) -> str | None:
        """Say why a module may not import another (or a library, by its name); None when it may."""
        if isinstance(there, str):
            return self._web_objection(here) if there in WEB_LIBRARIES else None
        if not here.room:
            return None
        return self._inside(here, there) if here.room == there.room else self._across(here, there)

    def _web_objection(self, here: Place) -> str | None:
        knows_the_web = not here.room or here.room in {self.frame, *self.apart} or here.layer == "views"
        return None if knows_the_web else "only views know the web"

    def _inside(self, here: Place, there: Place) -> str | None:
        """Object to an import within one room."""
        if here.room in {self.frame, *self.apart}:
            return None
        if here.layer == "models" and there.layer != "models":
            return "models import only models"
        return "rules do not import views" if here.layer == "rules" and there.layer == "views" else None

    def _across(self, here: Place, there: Place) -> str | None:
        """Object to an import from a room into another room or into the core."""
        if not there.room:
            shut = there.layer in COMPOSITION and here.room not in self.apart
            return "only the composition root reads these" if shut else None
        if there.room == self.frame:
            return None if here.layer == "views" else "only views use the frame"
        if there.layer == "views":
            return "a room's views are its own"
        if here.layer == "models" and there.layer != "models":
            return "models import only models"
        drawn = self.arrows & {(here.room, there.room), ("*", there.room), (here.room, "*")}
        return None if drawn else "no arrow of the map leads there"


class RoomContract(Contract):
    """Rooms use each other along arrows; models know models, rules no Flask, nobody another's views."""

    arrows = fields.ListField(subfield=fields.StringField())
    """`grading -> journal`, with `*` for any room."""
    frame = fields.StringField()
    """The room around every page: all of it is web, and the views of all rooms use it."""
    apart = fields.ListField(subfield=fields.StringField())
    """Rooms with an inner order of their own; no arrow leads to them."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 (import-linter's interface)
        """Look at every import between modules of the tool, and at every use of a web library."""
        found = list(self._offences(graph))
        return ContractCheck(kept=not found, metadata={"found": found})

    def _offences(self, graph: ImportGraph) -> Iterator[str]:
        rules = HouseRules(
            frozenset(arrow_of(str(arrow)) for arrow in as_list(self.arrows)),
            str(self.frame),
            frozenset(map(str, as_list(self.apart))),
        )
        for module in sorted(graph.find_descendants(TOOL)):
            for target in sorted(graph.find_modules_directly_imported_by(module)):
                reason = rules.objection(place_of(graph, module), named(graph, target))
                if reason:
                    yield f"{module} imports {target}: {reason}"

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that breaks the rule."""
        for line in check.metadata["found"]:
            output.print_error(line)


def as_list(value: object) -> list[object]:
    """Return a list field's value, which import-linter types as the field itself."""
    return list(value) if isinstance(value, (list, tuple)) else []


def arrow_of(text: str) -> tuple[str, str]:
    """Read `grading -> journal`."""
    source, _, target = text.partition("->")
    return source.strip(), target.strip()


def named(graph: ImportGraph, module: str) -> Place | str:
    """Return the place of a module of the tool, the name of a library."""
    return place_of(graph, module) if module.startswith(f"{TOOL}.") else module.split(".", maxsplit=1)[0]


def place_of(graph: ImportGraph, module: str) -> Place:
    """Tell a module's room and layer from its name; a module at the top of the tool belongs to the core."""
    _, top, *inner = module.split(".")
    if not graph.find_children(f"{TOOL}.{top}"):
        return Place("", top)
    layer = inner[0] if inner and inner[0] in {"models", "views"} else "rules"
    return Place(top, layer)
