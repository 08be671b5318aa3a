"""What the operator's commands refuse; the text of each is the sentence that they print."""


class NotDone(Exception):
    """A command of the operator's changed nothing."""


class BackupUnreadable(NotDone):
    """The file is no backup, is damaged, or was made by a newer program."""


class TargetNotEmpty(NotDone):
    """Where data should go there are some already."""


class MoveRefused(NotDone):
    """A database that cannot be moved, or not now."""


class CopyDiffers(NotDone):
    """What was written does not read back as what was to be written."""
