"""What the planner refuses."""

from lti_tool.errors import Explanation, Stale, TooMany
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
