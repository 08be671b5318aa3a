"""The data files of a course in one language: which there are, and what each holds."""

from functools import cached_property
from typing import Any, get_args

from scorm_builder.course_format import catalogues
from scorm_builder.course_format.forms import CaseForm, Channels, GoalProject
from scorm_builder.course_format.journal import Journal, Rubrics, Samples
from scorm_builder.course_format.parts import Part
from scorm_builder.course_format.planner import Choice, ExampleMap, Planner, Section, SectionField


class Data(Part):
    """Each field is the file of that name, `journal.yaml`; a course need not have all of them."""

    journal: Journal = Journal()
    rubrics: Rubrics = Rubrics()
    roadmap: Planner = Planner()
    glossary: catalogues.Glossary = catalogues.Glossary()
    skills: catalogues.Skills | None = None
    principles: catalogues.Principles = catalogues.Principles()
    measures: catalogues.Measures = catalogues.Measures()
    strategies: catalogues.Strategies = catalogues.Strategies()
    barriers: catalogues.Barriers = catalogues.Barriers()
    methods: catalogues.Methods = catalogues.Methods()
    ethics: catalogues.Ethics = catalogues.Ethics()
    platforms: catalogues.Platforms = catalogues.Platforms()
    samples: Samples = Samples()
    example_map: ExampleMap | None = None
    case_form: CaseForm | None = None
    goal_project: GoalProject | None = None
    channels: Channels = Channels()

    @property
    def files(self) -> dict[str, Part]:
        """What is there, by the file's name without `.yaml`."""
        return {name: getattr(self, name) for name in FILES if name in self.model_fields_set}

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The planner's sections; where the choices of a field are a catalogue's entries, with these."""
        return tuple(self._with_choices(section) for section in self.roadmap.sections)

    def entries(self, name: str) -> tuple[Any, ...]:
        """The entries with a title of the catalogue of this name; none where there is no such catalogue."""
        found = getattr(getattr(self, name, None), name, ())
        return tuple(entry for entry in found if hasattr(entry, "title"))

    def _with_choices(self, section: Section) -> Section:
        if section.row is None:
            return section.model_copy(update={"fields": tuple(map(self._filled, section.fields))})
        row = section.row.model_copy(update={"fields": tuple(map(self._filled, section.row.fields))})
        return section.model_copy(update={"row": row})

    def _filled(self, field: SectionField) -> SectionField:
        if not field.choices_from:
            return field
        choices = tuple(Choice(id=entry.id, label=entry.title) for entry in self.entries(field.choices_from))
        return field.model_copy(update={"choices": choices})

    @property
    def terms(self) -> dict[str, catalogues.Term]:
        """The glossary by identifier."""
        return {term.id: term for term in self.glossary.terms}


def _model_of(annotation: object) -> type[Part]:
    return next(one for one in (*get_args(annotation), annotation) if isinstance(one, type) and issubclass(one, Part))


FILES = {name: _model_of(field.annotation) for name, field in Data.model_fields.items()}
"""The model of each file, by the file's name without `.yaml`."""
