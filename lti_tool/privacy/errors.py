"""What is refused where one person's pages or data are about to be ended."""

from lti_tool.errors import Explanation, NotPossibleNow, TryLater
from lti_tool.texts import N_


class NotForOneself(NotPossibleNow):
    """An administrator is about to do to themself what is meant for others."""

    explanation = Explanation(
        N_("This is you"),
        N_("An administrator cannot do this for themself: your own page would end half-way. Nothing was changed."),
        N_("Use “I am done here” to close your pages, or ask another administrator."),
    )


class OthersExport(TryLater):
    """As many copies are being made at the moment as may be at once."""

    explanation = Explanation(
        N_("Other copies are being made just now"),
        N_("Partnerwise makes a few at a time, so that nobody waits for a page. Nothing is wrong with yours."),
        N_("Wait half a minute and try again."),
    )

    retry_after = 30
