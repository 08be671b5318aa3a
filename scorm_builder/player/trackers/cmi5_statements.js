// The statements of a cmi5 session (cmi5, section 9); what they have in common is in the LMS's context template.

import { answeredStatements } from "./cmi5_answers.js";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CONTEXT = "https://w3id.org/xapi/cmi5/context/";
const CATEGORY = { cmi5: { id: `${CONTEXT}categories/cmi5` }, moveOn: { id: `${CONTEXT}categories/moveon` } };

export const duration = (seconds) => `PT${Math.max(0, Math.floor(seconds))}S`;

// Browsers have randomUUID over https only, and some schools' LMSs run without.
export function freshId(source = globalThis.crypto) {
  if (source.randomUUID) return source.randomUUID();
  const bytes = source.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * @param {any} launch
 * @param {{ contextTemplate?: any, masteryScore?: number }} told by the LMS
 * @param {any} scope
 */
export function createStatements(launch, { contextTemplate = {}, masteryScore }, scope) {
  /**
   * @param {string} verb
   * @param {{ object?: any, result?: any, categories?: { id: string }[], extensions?: any }} about
   */
  function statement(verb, { object, result, categories = [], extensions = {} }) {
    const activities = contextTemplate.contextActivities ?? {};
    const category = [...(activities.category ?? []), ...categories];
    return {
      id: freshId(),
      actor: launch.actor,
      verb: { id: VERBS + verb, display: { en: verb } },
      object: object ?? { objectType: "Activity", id: launch.activityId },
      context: {
        ...contextTemplate,
        registration: launch.registration,
        contextActivities: { ...activities, ...(category.length ? { category } : {}) },
        extensions: { ...contextTemplate.extensions, ...extensions },
      },
      ...(result ? { result } : {}),
      timestamp: new Date().toISOString(),
    };
  }

  const needed = () => masteryScore ?? Math.min(...scope.units.map(({ check }) => check)) / 100;
  const moving = [CATEGORY.cmi5, CATEGORY.moveOn];
  const judged = (verb, success, { score }, seconds) =>
    statement(verb, {
      result: { score, success, duration: duration(seconds) },
      categories: moving,
      extensions: { [`${CONTEXT}extensions/masteryscore`]: needed() },
    });
  return {
    initialized: () => statement("initialized", { categories: [CATEGORY.cmi5] }),
    completed: (seconds) =>
      statement("completed", { result: { completion: true, duration: duration(seconds) }, categories: moving }),
    passed: (whole, seconds) => judged("passed", true, whole, seconds),
    failed: (whole, seconds) => judged("failed", false, whole, seconds),
    terminated: (seconds) =>
      statement("terminated", { result: { duration: duration(seconds) }, categories: [CATEGORY.cmi5] }),
    // One for each interaction of an answered activity.
    answered: (activity, given) =>
      answeredStatements(launch, scope.shown, activity, given).map((about) => statement("answered", about)),
  };
}
