"""What the room for files refuses, each with a sentence on what to do."""

from lti_tool.errors import BadInput, Explanation, NotPossibleNow, TooLong, TryLater
from lti_tool.texts import N_


class NoFileChosen(BadInput):
    """The form came without a file, or with an empty one."""

    explanation = Explanation(
        N_("There is no file to add"),
        N_("No file was chosen, or the one that was chosen is empty."),
        N_("Choose a file and add it again. Your text is safe."),
    )


class FileTooLarge(TooLong):
    """The file has more bytes than one may have."""

    explanation = Explanation(
        N_("This file is too large"),
        N_("The page says how large a file may be. Yours is larger and was not added."),
        N_("Choose a smaller one: a photograph in a smaller size, or only some pages of a document."),
    )


class KindNotTaken(BadInput):
    """The contents are of no kind that this place takes, whatever the file is called."""

    status = 415
    explanation = Explanation(
        N_("This kind of file is not taken here"),
        N_("What is in the file decides, not its name. The page says which kinds can be added."),
        N_("Choose another file, or save this one as a PDF first."),
    )


class PictureNotReadable(BadInput):
    """The picture is broken, or has more pixels than can be handled."""

    explanation = Explanation(
        N_("This picture cannot be read"),
        N_("It is damaged, or it has more than 50 million pixels. It was not added."),
        N_("Open it on your computer, save it again in a smaller size, and add that one."),
    )


class CourseFull(NotPossibleNow):
    """The files of the course take as much room as they may."""

    explanation = Explanation(
        N_("The room for files is used up"),
        N_("All files of this course together take as much room as they may. Yours was not added."),
        N_("Tell your trainer. You can take out files of your own drafts that you no longer need."),
    )


class OwnerFull(NotPossibleNow):
    """The files of one person in the course take as much room as they may."""

    explanation = Explanation(
        N_("Your room for files is used up"),
        N_("Your files in this course together take as much room as they may. This one was not added."),
        N_("Take out a file of a draft that you no longer need, or add a smaller one."),
    )


class FileInfected(BadInput):
    """The virus scanner has found something."""

    explanation = Explanation(
        N_("This file may be harmful"),
        N_("The virus scanner of this installation has found something in it. It was not added."),
        N_("Do not open it. Ask whoever looks after your computer to check it."),
    )


class ScannerAway(TryLater):
    """The virus scanner does not answer, and what is not checked is not kept."""

    explanation = Explanation(
        N_("The file cannot be checked just now"),
        N_("Every file is checked for viruses, and the scanner does not answer. It was not added; your text is safe."),
        N_("Try again in a few minutes. If it lasts, tell your administrator."),
    )


class StoreAway(TryLater):
    """The store of files does not answer."""

    explanation = Explanation(
        N_("The files cannot be reached just now"),
        N_("The place where files are kept does not answer. What was saved before is safe."),
        N_("Try again in a few minutes. If it lasts, tell your administrator."),
    )
