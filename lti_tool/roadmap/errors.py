"""What the planner refuses."""

from collections.abc import Sequence

from lti_tool.errors import BadInput, Explanation, NotFound, NotPossibleNow, Stale, TooMany, TryLater
from lti_tool.security_log import Event
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
    """An example or a file is put into empty maps alone, so that it never mixes with what a team wrote."""

    explanation = Explanation(
        N_("Something stands in your map already"),
        N_("Only an empty map can be filled at once, so nothing was put into yours. Nothing was changed."),
        N_("Take out what stands in your map first, if nobody needs it any more."),
    )


class DayOutOfRange(BadInput):
    """A day in a year that no road map has."""

    explanation = Explanation(
        N_("This year cannot be right"),
        N_("A day from 2000 to 2199 fits here, so this one was not saved."),
        N_("Look at the year, and write it with four digits."),
    )


class AgainstOthers(BadInput):
    """A value that something else in the map does not allow; it may fit once that was changed."""


class DateOutOfOrder(AgainstOthers):
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


class PeriodEndsFirst(AgainstOthers):
    """A period whose last day comes before its first."""

    explanation = Explanation(
        N_("This ends before it begins"),
        N_("The last day comes before the first one, so this was not saved."),
        N_("Change one of the two days. Nothing else is lost."),
    )

    def __init__(self, name: str) -> None:
        super().__init__("period")
        self.name = name
        """What the period is called."""


class DependencyCircle(AgainstOthers):
    """Rows that would wait for each other, so that none could ever begin."""

    explanation = Explanation(
        N_("These wait for each other"),
        N_("Each of them would have to be done before the others, so this was not saved."),
        N_("Take one of them out of the list, or change what the other one waits for. Nothing else is lost."),
    )

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__("circle")
        self.titles = tuple(titles)
        """What the rows are called, each of which would wait for the next, and the last for the first."""


class NoMapFile(BadInput):
    """A file that holds no road map in our form."""

    explanation = Explanation(
        N_("This file holds no road map"),
        N_("Only a file that was saved here with “Save everything” can be put into a map. Nothing was changed."),
        N_("Look for a file whose name ends in “.json”, and choose it as it was saved."),
    )


class MapFileNewer(BadInput):
    """A file in a form that this version does not know."""

    explanation = Explanation(
        N_("This file comes from a newer Partnerwise"),
        N_("It is written in a way that this version cannot read yet. Nothing was changed."),
        N_("Ask your administrator to bring Partnerwise here up to date, then try again. Keep the file."),
    )


class MapFileOfOtherCourse(BadInput):
    """A file with the map of another course: its sections are others."""

    explanation = Explanation(
        N_("This road map belongs to another course"),
        N_("Its sections are not those of this course, so it does not fit here. Nothing was changed."),
        N_("Open the course that it was made in, or choose another file. Keep the file."),
    )


class MapFileDoesNotFit(BadInput):
    """A file with something in it that this course's map does not take."""

    explanation = Explanation(
        N_("Something in this file does not fit"),
        N_("It was changed outside Partnerwise, or the course has changed since. Nothing was put into your map."),
        N_("Choose the file as it was saved. If it is, show it to your trainer."),
    )

    def __init__(self, where: str) -> None:
        super().__init__("a part of the file")
        self.where = where
        """What in the file does not fit, in the words of the course where it has some."""


class TooMuchForPaper(TooMany):
    """A map so full that setting it as a PDF would keep others waiting."""

    explanation = Explanation(
        N_("This map is too full for a PDF"),
        N_("So many pages cannot be made at once. Nothing was changed."),
        N_("Take the Word file instead: it holds everything, and can be saved as a PDF there."),
    )


class TooManyFilesAtOnce(TryLater):
    """As many files are being made as may be at once."""

    explanation = Explanation(
        N_("Many people are saving files just now"),
        N_("Yours was not made. Nothing was changed."),
        N_("Wait a moment and try again."),
    )


class CalendarNotFound(NotFound):
    """An address for calendars that never was, or is no more."""

    security_event = Event.ACCESS_REFUSED
    explanation = Explanation(
        N_("There is no calendar here"),
        N_("The address is wrong, or the team has closed it."),
        N_("Take the calendar out of your list, or ask the team for the new address."),
    )
