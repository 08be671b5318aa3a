"""What the trainer's desk refuses."""

from lti_tool.errors import BadInput, Explanation, NotPossibleNow
from lti_tool.texts import N_


class CommentNeeded(BadInput):
    """A piece cannot be returned without a word on what to do with it."""

    explanation = Explanation(
        N_("Say what should be done"),
        N_("A piece goes back with a comment, so that its writer knows what to work on. Nothing was changed."),
        N_("Go back, write a sentence or two in the comment and return the piece again."),
    )


class NotFullyJudged(BadInput):
    """A grade cannot be released while a criterion has no level; `missing` holds their identifiers."""

    explanation = Explanation(
        N_("Not every criterion has a level yet"),
        N_("A grade is shown to its writer only when it is complete. Your marks are saved as a draft."),
        N_("Go back, choose a level for each criterion and release the grade again."),
    )

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class GradeNotOpen(NotPossibleNow):
    """The grade is released; it must be reopened before it can be changed."""

    explanation = Explanation(
        N_("This grade is released"),
        N_("Its writer can see it, so it does not change by itself. Nothing was changed."),
        N_("Go back, reload the page and choose “Change this grade” first."),
    )


class TooLateToUndo(NotPossibleNow):
    """The time in which the release could be undone is over, or its score is on its way."""

    explanation = Explanation(
        N_("It is too late to undo this release"),
        N_("The score is on its way to the gradebook, and the writer can see the grade. Nothing was changed."),
        N_("Go back, choose “Change this grade” and release it again: the gradebook then gets the new score."),
    )


class MarksCompared(NotPossibleNow):
    """The agreed levels of this sample piece have been shown, so its marks stay as they were given."""

    explanation = Explanation(
        N_("You have seen the agreed levels of this piece"),
        N_("Marks that were changed afterwards would not say how you mark. Nothing was changed."),
        N_("Go back and reload the page. You can mark the piece anew in another round."),
    )


class TooManyRounds(NotPossibleNow):
    """So often nobody calibrates."""

    explanation = Explanation(
        N_("No more rounds"),
        N_("You have begun as many rounds as can be kept. Your earlier rounds are all there."),
        N_("Go back and go on with your newest round."),
    )
