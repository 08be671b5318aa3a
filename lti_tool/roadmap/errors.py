"""What the planner refuses."""

from lti_tool.errors import BadInput, Explanation, NotPossibleNow, Stale, TooMany
from lti_tool.texts import N_


class TooManyRows(TooMany):
    """There are as many rows of this kind as a road map can hold."""

    explanation = Explanation(
        N_("The map is full here"),
        N_("This section holds as many rows as it can. Nothing was changed."),
        N_("Take out a row that you no longer need, then add the new one."),
    )


class TooManyRemoved(TooMany):
    """As many rows were taken out of a road map as it keeps, so that each can be put back."""

    explanation = Explanation(
        N_("This section keeps no more rows"),
        N_("Rows that are taken out are kept, so that each can be put back, and here are as many as fit."),
        N_("Put one of them back with the button below the list and write over it. Nothing was changed."),
    )


class RowRemoved(Stale):
    """The row that this field belongs to was taken out of the map."""

    explanation = Explanation(
        N_("This row was taken out of the map"),
        N_("Somebody in your team removed it while you were writing. What you wrote is still on this page."),
        N_("Put the row back in with the button below the list, or copy your text to another row."),
    )


class MapNotEmpty(NotPossibleNow):
    """The example is put into empty maps alone, so that it never mixes with what a team wrote."""

    explanation = Explanation(
        N_("Something stands in your map already"),
        N_("The example goes into an empty map only, so it was not put into yours. Nothing was changed."),
        N_("You can read the example beside your map at any time."),
    )


class DayOutOfRange(BadInput):
    """A day in a year that no road map has."""

    explanation = Explanation(
        N_("This year cannot be right"),
        N_("A day from 2000 to 2199 fits here, so this one was not saved."),
        N_("Look at the year, and write it with four digits."),
    )


class DateOutOfOrder(BadInput):
    """A day that would come before another one, or after it, against the course's order."""

    explanation = Explanation(
        N_("These two days do not follow each other"),
        N_("Another day in the map does not allow this one, so it was not saved."),
        N_("Choose another day, or change the other one first. Nothing else is lost."),
    )

    def __init__(self, label: str, day: str, *, is_too_early: bool) -> None:
        super().__init__("not before" if is_too_early else "not after")
        self.label = label
        """What the field that stands in the way is called."""
        self.day = day
        """What stands there, as ISO 8601."""
        self.is_too_early = is_too_early
        """Whether the day is before that one; else it is after it."""
