"""What the course's room refuses: picking, prompts, and what is not open."""

from lti_tool.errors import BadInput, Explanation, NotPossibleNow, TooMany
from lti_tool.texts import N_


class TooManyPrompts(TooMany):
    """There are as many prompts written for this course as it can hold."""

    explanation = Explanation(
        N_("This course has as many prompts of its own as it can"),
        N_("A hundred can be written for one course. Yours was not added."),
        N_("You can change the words of a prompt that is no longer needed."),
    )


class NothingPicked(BadInput):
    """An answer to the platform needs an activity."""

    explanation = Explanation(
        N_("Nothing is chosen"),
        N_("Your course gets what you tick here, and nothing was ticked."),
        N_("Go back, choose at least one activity and go on."),
    )


class TooManyPicked(BadInput):
    """More activities than the platform takes at once, or than a course can hold."""

    explanation = Explanation(
        N_("That is more than your course takes at once"),
        N_("Your LMS takes fewer activities in one go. Nothing was added."),
        N_("Go back and choose fewer. You can add the others afterwards."),
    )


class DatesOutOfOrder(BadInput):
    """An activity opens, is due and closes in this order."""

    explanation = Explanation(
        N_("The times do not follow each other"),
        N_("An activity opens, is due and closes, in this order. Nothing was changed."),
        N_("Go back and put the times in order."),
    )


class NotOpenYet(NotPossibleNow):
    """The trainer has set a time from which people may work on this, and it has not come."""

    explanation = Explanation(
        N_("This is not open yet"),
        N_("Your trainer has set a day from which you can work on it. What you have written is still on this page."),
        N_("Look at the activity's page: it says when it opens."),
    )


class Closed(NotPossibleNow):
    """The trainer has set a time after which nothing can be handed in, and it is over."""

    explanation = Explanation(
        N_("This is closed"),
        N_("The time in which it could be handed in is over. What you have written is saved and stays yours."),
        N_("Ask your trainer whether you may hand it in late. They can change the time."),
    )


class NothingToExtend(NotPossibleNow):
    """The activity is never due and never closes, so there is no time to add to."""

    explanation = Explanation(
        N_("There is no date to move"),
        N_("This activity is never due and never closes, so everybody has all the time there is."),
        N_("Give it a date first, if it should have one."),
    )


class NoMoreTime(BadInput):
    """The extension would end before the time that everybody has."""

    explanation = Explanation(
        N_("That is no more time"),
        N_("The date that you chose comes before the one that everybody has. Nothing was changed."),
        N_("Go back and choose a later date."),
    )


class AlreadyPicked(NotPossibleNow):
    """The picker has sent its answer to the platform before."""

    explanation = Explanation(
        N_("This was added to your course already"),
        N_("Each time you open this page from your LMS, it adds activities once. This one is used."),
        N_("Look at your course page. To add more, choose “Add an activity” there again."),
    )
