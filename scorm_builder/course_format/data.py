"""The data files of a course in one language: which there are, and what each holds."""

from typing import get_args

from scorm_builder.course_format import catalogues
from scorm_builder.course_format.forms import CaseForm, Channels, GoalProject
from scorm_builder.course_format.journal import Journal, Rubrics, Samples
from scorm_builder.course_format.parts import Part
from scorm_builder.course_format.planner import ExampleMap, Planner


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

    @property
    def terms(self) -> dict[str, catalogues.Term]:
        """The glossary by identifier."""
        return {term.id: term for term in self.glossary.terms}


def _model_of(annotation: object) -> type[Part]:
    return next(one for one in (*get_args(annotation), annotation) if isinstance(one, type) and issubclass(one, Part))


FILES = {name: _model_of(field.annotation) for name, field in Data.model_fields.items()}
"""The model of each file, by the file's name without `.yaml`."""
