"""What is told about each refusal: what happened, what it means, what to do. Plain words for people, not for us."""

from flask_babel import lazy_gettext as _

from lti_tool import errors
from lti_tool.web.explanation import Explanation

OPEN_AGAIN = _("Go back to your course and open the activity again.")

EXPLANATIONS: dict[type[Exception], Explanation] = {
    errors.TooLong: Explanation(
        _("That is more than fits"),
        _("The text or file is longer than this field takes, so it was not saved."),
        _("Go back, make it shorter and save again. Your text is still on the page."),
    ),
    errors.TooMany: Explanation(
        _("The map is full here"),
        _("This section holds as many rows as it can. Nothing was changed."),
        _("Take out a row that you no longer need, then add the new one."),
    ),
    errors.TooManyRemoved: Explanation(
        _("This section keeps no more rows"),
        _("Rows that are taken out are kept, so that each can be put back, and here are as many as fit."),
        _("Put one of them back with the button below the list and write over it. Nothing was changed."),
    ),
    errors.TooManyTeams: Explanation(
        _("This course has as many teams as it can"),
        _("Two hundred teams can be founded in one course. Yours was not added."),
        _("Join your school's team if it is in the list, or ask your trainer."),
    ),
    errors.FoundedTooMany: Explanation(
        _("You have founded several teams here already"),
        _("One person can found five teams of a course. Nothing was changed."),
        _("Join one of them, or ask a colleague to found the team."),
    ),
    errors.TooManyPrompts: Explanation(
        _("This course has as many prompts of its own as it can"),
        _("A hundred can be written for one course. Yours was not added."),
        _("You can change the words of a prompt that is no longer needed."),
    ),
    errors.OverLimit: Explanation(
        _("That is longer than the limit"),
        _("Your text has more characters than this piece may have, so the longer version was not saved."),
        _("Go back and cross out what can go. Your text is still on the page."),
    ),
    errors.CommentNeeded: Explanation(
        _("Say what should be done"),
        _("A piece goes back with a comment, so that its writer knows what to work on. Nothing was changed."),
        _("Go back, write a sentence or two in the comment and return the piece again."),
    ),
    errors.NotFullyJudged: Explanation(
        _("Not every criterion has a level yet"),
        _("A grade is shown to its writer only when it is complete. Your marks are saved as a draft."),
        _("Go back, choose a level for each criterion and release the grade again."),
    ),
    errors.NothingWritten: Explanation(
        _("There is nothing to hand in yet"),
        _("The piece is still empty."),
        _("Go back, write a few sentences and then hand it in."),
    ),
    errors.NothingPicked: Explanation(
        _("Nothing is chosen"),
        _("Your course gets what you tick here, and nothing was ticked."),
        _("Go back, choose at least one activity and go on."),
    ),
    errors.TooManyPicked: Explanation(
        _("That is more than your course takes at once"),
        _("Your LMS takes fewer activities in one go. Nothing was added."),
        _("Go back and choose fewer. You can add the others afterwards."),
    ),
    errors.DatesOutOfOrder: Explanation(
        _("The times do not follow each other"),
        _("An activity opens, is due and closes, in this order. Nothing was changed."),
        _("Go back and put the times in order."),
    ),
    errors.BadInput: Explanation(
        _("That could not be understood"),
        _("The page sent something that the tool does not know. Nothing was changed."),
        _("Go back, reload the page and try once more."),
    ),
    errors.SessionEnded: Explanation(
        _("This page is no longer open for you"),
        _(
            "Each time you open an activity, its pages stay open for some hours in that browser. "
            "This time is over, or this is another browser. What was saved before is safe."
        ),
        OPEN_AGAIN,
    ),
    errors.SessionFinished: Explanation(
        _("You are done here"),
        _("Your pages in this browser were closed because you said so. What was saved before is safe."),
        OPEN_AGAIN,
    ),
    errors.SessionTakenOver: Explanation(
        _("Somebody else uses this browser now"),
        _(
            "Another person has opened Partnerwise from your LMS in this browser, so the pages of the person before "
            "were closed. What was saved is safe."
        ),
        OPEN_AGAIN,
    ),
    errors.SessionLeftIdle: Explanation(
        _("This page was closed because nobody used it"),
        _(
            "Nothing was done here for a long time. So that nobody else at this computer can go on in your name, your "
            "pages were closed. What was saved is safe."
        ),
        OPEN_AGAIN,
    ),
    errors.RightsEnded: Explanation(
        _("Your place in this course has changed"),
        _("Your LMS says that you have left the course or have another role in it. What was saved before is safe."),
        _("Go back to your course and open the activity again. If that does not help, ask your trainer."),
    ),
    errors.ForgedRequest: Explanation(
        _("This page is too old to save"),
        _("The page was opened in another session, so its changes could not be taken. Nothing was changed."),
        _("Copy what you wrote, open the activity again from your course and paste it there."),
    ),
    errors.NoTeamYet: Explanation(
        _("You are not in a school team"),
        _("A road map belongs to a team. You are in none here, or you left it. What the team wrote is safe."),
        _("Open the road map again from your course, then join your school's team."),
    ),
    errors.NotAllowed: Explanation(
        _("This is not for you to see or change"),
        _("Your role in this course does not include it. Nothing was changed."),
        _("Go back. If you think you should see it, ask your trainer."),
    ),
    errors.NotFound: Explanation(
        _("There is nothing here"),
        _("The address is wrong, or what it named is not part of this course."),
        OPEN_AGAIN,
    ),
    errors.RowRemoved: Explanation(
        _("This row was taken out of the map"),
        _("Somebody in your team removed it while you were writing. What you wrote is still on this page."),
        _("Put the row back in with the button below the list, or copy your text to another row."),
    ),
    errors.TeamNameTaken: Explanation(
        _("There is a team of that name already"),
        _("Two teams of one course cannot have the same name. Nothing was changed."),
        _("Join that team if it is yours, or choose another name."),
    ),
    errors.TeamOfGroup: Explanation(
        _("Your LMS says who is in this team"),
        _("It is a group of your course: nobody joins or leaves it here. Nothing was changed."),
        _("Ask your trainer to put you into the right group. A few minutes later you are in its team."),
    ),
    errors.TeamCodeWrong: Explanation(
        _("That is not the team's code"),
        _("This team lets in only who knows its code. You have not joined it."),
        _("Ask somebody of the team, or your trainer, for the code, and type it once more."),
    ),
    errors.InAnotherTeam: Explanation(
        _("You are in another team"),
        _("A person can be in one school team of a course. Nothing was changed."),
        _("Leave your team first, then join the other one."),
    ),
    errors.EntryNotOpen: Explanation(
        _("Your piece is with your trainer"),
        _("It was handed in, so it cannot be changed now. What you handed in is safe."),
        _("Wait until it comes back, or ask your trainer to return it."),
    ),
    errors.NotOpenYet: Explanation(
        _("This is not open yet"),
        _("Your trainer has set a day from which you can work on it. What you have written is still on this page."),
        _("Look at the activity's page: it says when it opens."),
    ),
    errors.Closed: Explanation(
        _("This is closed"),
        _("The time in which it could be handed in is over. What you have written is saved and stays yours."),
        _("Ask your trainer whether you may hand it in late. They can change the time."),
    ),
    errors.AlreadyPicked: Explanation(
        _("This was added to your course already"),
        _("Each time you open this page from your LMS, it adds activities once. This one is used."),
        _("Look at your course page. To add more, choose “Add an activity” there again."),
    ),
    errors.EntryNotSubmitted: Explanation(
        _("This piece is not waiting to be judged"),
        _("It was returned or taken up again meanwhile. Nothing was changed."),
        _("Go back to the list and open it again."),
    ),
    errors.GradeNotOpen: Explanation(
        _("This grade is released"),
        _("Its writer can see it, so it does not change by itself. Nothing was changed."),
        _("Go back, reload the page and choose “Change this grade” first."),
    ),
    errors.NoRoster: Explanation(
        _("Your LMS does not say who is in the course"),
        _("It shares no list of names and roles with this tool. Nothing was changed."),
        _("Ask your administrator to let it, or go on with those who have opened an activity."),
    ),
    errors.NoLineItem: Explanation(
        _("The gradebook has no column for this"),
        _("Your LMS did not say where the grade goes. It is saved here and the writer can see it."),
        _("Ask your administrator to give the activity a grade in the LMS."),
    ),
    errors.Stale: Explanation(
        _("Somebody else changed this meanwhile"),
        _("Your change was not saved, so that theirs is not lost. Nothing is overwritten."),
        _("Reload the page, look at the other version and decide which one stays."),
    ),
    errors.PlatformUnknown: Explanation(
        _("This LMS is not connected"),
        _("Partnerwise does not know the LMS that sent you here, or the connection is switched off."),
        _("Tell your administrator. Whoever runs Partnerwise connects an LMS with `partnerwise platforms invite`."),
    ),
    errors.LoginAttemptUsed: Explanation(
        _("This was opened before"),
        _("Each opening works once. A reload or the back button sent the same one again."),
        OPEN_AGAIN,
    ),
    errors.LoginAttemptExpired: Explanation(
        _("That took too long"),
        _("The opening was begun more than ten minutes ago and is no longer valid."),
        OPEN_AGAIN,
    ),
    errors.LoginInOtherBrowser: Explanation(
        _("Your browser did not come back as itself"),
        _("The opening was begun in another browser, or twice at the same moment in this one."),
        _("Go back to your course and open the activity again. If that does not help, let it open in a new window."),
    ),
    errors.CookieRefused: Explanation(
        _("Your browser keeps no cookie for Partnerwise"),
        _("Partnerwise needs one, to know that you are still you. Your browser or your school's settings refused it."),
        _("Allow cookies for the address of this page, or use another browser. Then open the activity again."),
    ),
    errors.LoginAttemptUnknown: Explanation(
        _("This opening was not begun here"),
        _("The tool did not ask for it, so it was not let in."),
        OPEN_AGAIN,
    ),
    errors.LaunchNotValid: Explanation(
        _("The LMS's message did not pass the check"),
        _("Something in it is missing, wrong or too old, so nobody was let in."),
        _("Open the activity again. If it happens twice, give your administrator the reference below."),
    ),
    errors.LoginRefused: Explanation(
        _("The LMS's message was incomplete"),
        _("Something that the tool needs to let you in was missing or malformed."),
        _("Open the activity again. If it happens twice, give your administrator the reference below."),
    ),
    errors.InvitationUsed: Explanation(
        _("This invitation has been used"),
        _("An LMS was connected with it. Each invitation is for one LMS."),
        _("If that was not you, tell whoever runs Partnerwise; for another LMS ask them for a new invitation."),
    ),
    errors.InvitationExpired: Explanation(
        _("This invitation is too old"),
        _("Invitations work for 24 hours. Nothing was connected."),
        _("Ask whoever runs Partnerwise for a new one."),
    ),
    errors.InvitationNotValid: Explanation(
        _("This is not an invitation that we gave out"),
        _("The address is incomplete or was changed on its way. Nothing was connected."),
        _("Copy the whole address once more, or ask whoever runs Partnerwise for a new one."),
    ),
    errors.RegistrationFailed: Explanation(
        _("Your LMS did not take the registration"),
        _("Its answer cannot be used or trusted. Nothing was connected, and the invitation still works."),
        _("Begin again from your LMS. If that does not help, connect it by hand and give us the reference below."),
    ),
    errors.PlatformInUse: Explanation(
        _("This LMS is in use"),
        _("People have worked through this connection, and their work hangs on it. Nothing was changed."),
        _("Switch the connection off instead of removing it."),
    ),
    errors.BodyIncomplete: Explanation(
        _("Not all of it arrived"),
        _("The connection ended or stood still before everything was here. Nothing was changed."),
        _("Go back and send it again. What you wrote is still on the page."),
    ),
    errors.DatabaseAway: Explanation(
        _("Partnerwise cannot reach its data just now"),
        _("It is busy, restarting or out of space. Nothing was changed, and what was saved before is safe."),
        _("Wait a moment and try again. If it goes on, give your administrator the reference below."),
    ),
    errors.ConnectingOthers: Explanation(
        _("Other LMSs are being connected just now"),
        _("Partnerwise connects a few at a time. Nothing was connected yet, and the invitation still works."),
        _("Wait half a minute and send it again."),
    ),
    errors.TooManyWrites: Explanation(
        _("That was a lot at once"),
        _("More was sent from here in a short time than one person writes, so this was not saved yet. It is not lost."),
        _("Wait a minute. Pages that save by themselves try again; else send it once more."),
    ),
    errors.TooManyArrivals: Explanation(
        _("Very many are arriving just now"),
        _("More people or programs than usual come from your network, so you were not let in yet."),
        _("Wait a minute and try again."),
    ),
    errors.PlatformUnreachable: Explanation(
        _("Your LMS did not answer"),
        _("The tool could not fetch what it needs to check the LMS's message."),
        _("Wait a minute and open the activity again."),
    ),
    Exception: Explanation(
        _("Something went wrong on our side"),
        _("The mistake is ours and has been written down. What was saved before is safe."),
        _("Try once more. If it happens again, give your administrator the reference below."),
    ),
}


def explain(error: Exception) -> Explanation:
    """The explanation that the error brings, or that of its kind, or of the nearest kind above it."""
    own: Explanation | None = getattr(error, "explanation", None)
    return own or next(EXPLANATIONS[kind] for kind in type(error).__mro__ if kind in EXPLANATIONS)
