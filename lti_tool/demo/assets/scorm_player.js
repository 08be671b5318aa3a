// Gives SCORM 1.2 content its API (scorm-again) with the limits of a strict LMS, then opens the content.
import { Scorm12API } from "scorm-again/scorm12";

const SUSPEND_DATA_LIMIT = 4096;
const INCORRECT_DATA_TYPE = 405;

class StrictApi extends Scorm12API {
  // scorm-again allows 64,000 characters; the standard and Moodle's standards mode do not.
  lmsSetValue(element, value) {
    if (element === "cmi.suspend_data" && String(value).length > SUSPEND_DATA_LIMIT) {
      this.throwSCORMError(element, INCORRECT_DATA_TYPE, `more than ${SUSPEND_DATA_LIMIT} characters`);
      return "false";
    }
    return super.lmsSetValue(element, value);
  }
}

const frame = document.querySelector("[data-content]");
const status = document.querySelector("[data-tracked]");

const api = new StrictApi({
  lmsCommitUrl: frame.dataset.commit,
  dataCommitFormat: "flattened",
  autoCompleteLessonStatus: true, // finishing in "not attempted" is completed, as in Moodle
  logLevel: "ERROR",
  requestHandler: (elements, about) => ({ elements, finished: about?.isTerminateCommit === true }),
});
api.loadFromFlattenedJSON(JSON.parse(frame.dataset.elements));

function say(words) {
  status.textContent = `${words} ${new Date().toLocaleTimeString("en-GB")}`;
}

api.on("LMSInitialize", () => say("The unit has connected"));
api.on("LMSCommit", () => say("Progress kept"));
api.on("LMSFinish", () => say("The unit has said goodbye"));

window.API = api;
frame.src = frame.dataset.content;
