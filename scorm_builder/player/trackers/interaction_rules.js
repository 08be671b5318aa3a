// How each edition writes answers (SCORM 1.2 RTE, section 3.4.4; SCORM 2004 4th Edition RTE, section 4.2.9).

import { beginningOf } from "./plain_text.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const twoDigits = (number) => String(number).padStart(2, "0");
export const clockTime = (date) => [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(":");
export const dayTime = (date) => `${date.getUTCFullYear()}-${twoDigits(date.getUTCMonth() + 1)}-${twoDigits(date.getUTCDate())}T${[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(twoDigits).join(":")}.00Z`;

function writer(between, within, longest) {
  const letters = (list) => list.map((place) => LETTERS[place]).join(between);
  const pairs = (list) => list.map(([left, right]) => `${LETTERS[left]}${within}${LETTERS[right]}`).join(between);
  return (type, response) => {
    if (type === "fill-in") return beginningOf(response, longest);
    return type === "matching" || type === "performance" ? pairs(response) : letters(response);
  };
}

export const RULES_12 = {
  names: { response: "student_response", time: "time", correct: "correct_responses.0.pattern" },
  results: { right: "correct", wrong: "wrong", neutral: "neutral" },
  format: writer(",", ".", 255),
  time: clockTime,
  first: (type) => type,
};

// A fill-in holds 250 characters at most; what is longer is a long-fill-in.
export const RULES_2004 = {
  names: { response: "learner_response", time: "timestamp", correct: "correct_responses.0.pattern" },
  results: { right: "correct", wrong: "incorrect", neutral: "neutral" },
  format: writer("[,]", "[.]", 4000),
  time: dayTime,
  first: (type, { response }) => (type === "fill-in" && response.length > 250 ? "long-fill-in" : type),
};
