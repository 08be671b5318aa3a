"""What can keep a score out of the gradebook."""

from lti_tool.errors import Explanation, NotPossibleNow
from lti_tool.texts import N_


class NoLineItem(NotPossibleNow):
    """The platform gave this activity no column in its gradebook."""

    explanation = Explanation(
        N_("The gradebook has no column for this"),
        N_("Your LMS did not say where the grade goes. It is saved here and the writer can see it."),
        N_("Ask your administrator to give the activity a grade in the LMS."),
    )
