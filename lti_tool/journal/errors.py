"""What the journal refuses."""

from lti_tool.errors import BadInput, Explanation, NotPossibleNow, TooLong, TooMany
from lti_tool.texts import N_


class OverLimit(TooLong):
    """The prompt has a limit in characters, and the text has more."""

    explanation = Explanation(
        N_("That is longer than the limit"),
        N_("Your text has more characters than this piece may have, so the longer version was not saved."),
        N_("Go back and cross out what can go. Your text is still on the page."),
    )


class NothingWritten(BadInput):
    """An empty piece cannot be submitted."""

    explanation = Explanation(
        N_("There is nothing to hand in yet"),
        N_("The piece is still empty."),
        N_("Go back, write a few sentences and then hand it in."),
    )


class EntryNotOpen(NotPossibleNow):
    """The piece is with the trainer, so it cannot be changed now."""

    explanation = Explanation(
        N_("Your piece is with your trainer"),
        N_("It was handed in, so it cannot be changed now. What you handed in is safe."),
        N_("Wait until it comes back, or ask your trainer to return it."),
    )


class EntryNotSubmitted(NotPossibleNow):
    """Only a submitted piece can be returned or graded."""

    explanation = Explanation(
        N_("This piece is not waiting to be judged"),
        N_("It was returned or taken up again meanwhile. Nothing was changed."),
        N_("Go back to the list and open it again."),
    )


class NoteTooLong(TooLong):
    """What the writer says of help has more characters than is read."""


class MarkingBegun(NotPossibleNow):
    """A trainer has begun to mark the piece, so its writer cannot take it back."""

    explanation = Explanation(
        N_("It cannot be taken back any more"),
        N_("Your trainer has begun to mark it, or has answered already. What you handed in is safe."),
        N_("Ask your trainer to return it if you want to change it."),
    )


class TooLateToWithdraw(NotPossibleNow):
    """The time for handing in is over, so what is taken back could not be handed in again."""

    explanation = Explanation(
        N_("It stays with your trainer"),
        N_("The time for handing in is over: taken back now, it could not be handed in again. Nothing was changed."),
        N_("Ask your trainer to return it if you want to change it."),
    )


class PieceWithdrawn(NotPossibleNow):
    """Its writer has taken the piece back, so no trainer can read or mark it."""

    explanation = Explanation(
        N_("Its writer has taken this piece back"),
        N_("Until somebody begins to mark a piece, its writer can take it back and go on. It is theirs alone again."),
        N_("Go back to the list. Once it is handed in again, it stands there."),
    )


class TooManyAttachments(TooMany):
    """A piece has as many files as it can have."""

    explanation = Explanation(
        N_("This piece has as many files as it can"),
        N_("Ten files can be added to one piece. Yours was not added."),
        N_("Take out one that is no longer needed, then add the new one."),
    )


class DescriptionNeeded(BadInput):
    """A picture says nothing to somebody who cannot see it."""

    explanation = Explanation(
        N_("Say what the picture shows"),
        N_("Some people cannot see it and have it read to them. The picture was not added."),
        N_("Choose it again and write a sentence on what is to be seen."),
    )
