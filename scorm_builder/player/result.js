// The result on the last page: pages seen, questions answered, score, and in words where the learner stands.

import { counted, countedAndAnswered } from "./progress.js";

// A percentage in words. It is never rounded up: nobody reads a score that would pass and has not.
export const inWords = (percent, { language }) => (Math.floor(percent * 100 + 1e-7) / 100).toLocaleString(language);

export function showResult(progress, unit) {
  const box = unit.root.querySelector("[data-result]");
  if (!box) return;
  const put = (name, text) => {
    const place = box.querySelector(`[data-${name}]`);
    if (place && place.textContent !== text) place.textContent = text;
  };
  const count = (seen, pages) => unit.say("pages_count", { seen, pages });
  box.dataset.state = progress.status;
  // A visit in which nothing is kept must not promise what it reaches.
  const isKept = !unit.keptStatus || unit.keptStatus === progress.status;
  put("status", isKept ? unit.say(progress.status) : `${unit.say(progress.status)} ${unit.say("not_kept_here")}`);
  put("pages-seen", count(progress.seen.length, unit.pages.length));
  put("questions-done", count(countedAndAnswered(progress, unit).length, counted(progress, unit).length));
  put("needed", unit.say("score_needed", { check: inWords(unit.check, unit) })); // An LMS may ask for another score than the course.
  put("score", progress.score ? unit.say("percent", { number: inWords(progress.score.raw, unit) }) : unit.say("none_yet"));
  if (unit.wayBack && !box.querySelector("[data-way-back]")) box.append(withWayBack(unit.wayBack()));
}

function withWayBack([link, said]) {
  const line = document.createElement("p");
  line.dataset.wayBack = "";
  said.role = "status";
  line.append(link, said);
  return line;
}
