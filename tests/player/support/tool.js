// The tool's side of a unit within the process: GET and PUT of `progress`, as lti_tool/course keeps it.

import { createLti } from "../../../scorm_builder/player/trackers/lti.js";
import { answerOf, createBrowser } from "./browser.js";
import { small } from "./courses.js";
import { later } from "./time.js";
import { openVisit } from "./visit.js";

const HEADERS = { "X-CSRFToken": "the-token" };

// `refuse(method)` gives a status that a request is answered with, or 0; `ends`: whether such an answer says that the
// session has ended, where that is not by its status; `slow`: the milliseconds that an answer takes.
export function createTool({ kept = null, learner = "carla", scope = small, browser = createBrowser() } = {}) {
  const tool = {
    kept,
    browser,
    refuse: () => 0,
    slow: 0,
    asked: [],
    async open({ between = (request) => request, from = browser } = {}) {
      const window = from.open(between((address, options) => answerTo(tool, address, options)));
      const page = { learner: () => learner, headers: () => HEADERS };
      const asked = scope();
      return openVisit(asked, createLti(asked, { page, request: window.request, storage: window.storage }), { window });
    },
  };
  return tool;
}

async function answerTo(tool, address, { method, headers, body }) {
  tool.asked.push([method, address]);
  if (tool.slow) await later(tool.slow);
  const refused = tool.refuse(method);
  if (refused) return answerOf(refused, { error: "SessionEnded", session_ended: tool.ends ?? refused === 401, title: "The session has ended" });
  if (method === "GET") return answerOf(200, { saved: tool.kept });
  if (headers["X-CSRFToken"] !== HEADERS["X-CSRFToken"]) return answerOf(400, {});
  const { includes, ...progress } = JSON.parse(body);
  if (tool.kept && !includes.includes(tool.kept.at ?? "")) return answerOf(409, { current: tool.kept });
  tool.kept = progress;
  return answerOf(200, { saved_at: "2026-11-21T10:42:00+00:00" });
}
