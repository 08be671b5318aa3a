"""What this room holds about people and courses."""

from lti_tool.grading.models import CalibrationMark, CalibrationRound, DeskSetting, Grade, GradeRelease
from lti_tool.held_data import Fate, Held, HeldData
from lti_tool.journal.models import Entry, Submission
from lti_tool.texts import N_

OF_WRITER = (Grade.submission_id, Submission.entry_id, Entry.user_id)
OF_COURSE = (Grade.submission_id, Submission.context_id)

HELD = HeldData(
    "grading",
    (
        # What a trainer has not released yet is not shown to its writer, here neither.
        Held(Grade, OF_WRITER, OF_COURSE, what=N_("Judgements of these pieces, drafts among them"), is_told=False),
        Held(
            GradeRelease,
            (GradeRelease.grade_id, *OF_WRITER),
            (GradeRelease.grade_id, *OF_COURSE),
            what=N_("Released grades"),
        ),
        Held(Grade, (Grade.grader_id,), OF_COURSE, Fate.KEPT, N_("Judgements of others' pieces")),
        Held(GradeRelease, (GradeRelease.trainer_id,), (GradeRelease.grade_id, *OF_COURSE), Fate.KEPT),
        Held(DeskSetting, (DeskSetting.user_id,), (DeskSetting.context_id,), what=N_("Settings of the trainer's desk")),
        Held(CalibrationRound, (CalibrationRound.user_id,), what=N_("Rounds of practice in marking")),
        Held(CalibrationMark, (CalibrationMark.round_id, CalibrationRound.user_id), what=N_("Marks given in practice")),
    ),
)
