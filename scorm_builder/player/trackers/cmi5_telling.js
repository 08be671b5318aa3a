// How statements reach the LRS. Answers and cmi5's own verbs go apart, and what an LRS refuses of several is found out one
// by one: a single statement that it dislikes takes no other with it.

import { isFresh, statementsOf } from "./cmi5_report.js";

const TRIES = 3; // for the last word

/**
 * @param {any} lrs
 * @param {any} report
 * @param {() => any} terminated
 */
export function createTelling(lrs, report, terminated) {
  async function tellTogether(entries) {
    if (entries.length === 0) return;
    for (const one of entries) one.again = true; // Nobody may be here any more to see whether it arrives.
    const became = await lrs.send(statementsOf(entries)).catch((failure) => {
      for (const one of entries) one.again = !failure.refused;
      throw failure;
    });
    if (became === "taken" || (became === "known" && entries.length === 1)) report.confirm(entries);
    else if (entries.length === 1) entries[0].refused = true;
    else await divide(entries);
  }

  async function divide(entries) {
    const half = Math.ceil(entries.length / 2);
    for (const one of entries) one.again = false; // An LRS takes all or none.
    await tellTogether(entries.slice(0, half));
    await tellTogether(entries.slice(half));
  }

  // What may have arrived is asked for; an LRS that does not tell is sent it again, under the same id.
  async function tellAgain(one) {
    if (await lrs.has(one.statement)) report.confirm([one]);
    else await tellTogether([one]);
  }

  async function tellGroup(entries) {
    const fresh = entries.filter(isFresh);
    for (const one of entries.filter((entry) => !fresh.includes(entry))) await tellAgain(one);
    await tellTogether(fresh);
  }

  async function sayLast(statement) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await lrs.send([statement]);
      } catch (failure) {
        // Where it was heard and only the answer is bad, whoever says it again breaks cmi5's rule. An LMS that misses it
        // sees by itself that the session has ended.
        if (!failure.busy || tries === TRIES) return null;
        await new Promise((resume) => setTimeout(resume, 1000));
      }
    }
  }

  const hasWaiting = ({ answers, verbs }) => answers.length + verbs.length > 0;

  return {
    isDone: () => !hasWaiting(report.waiting),
    // Returns whether one of cmi5's own verbs was told. What cannot be told of the answers does not keep the verbs back.
    async tell() {
      const { answers, verbs } = report.waiting;
      const failures = [];
      for (const group of [answers, verbs]) {
        await tellGroup(group).catch((failure) => {
          if (failure.ended) throw failure;
          failures.push(failure);
        });
      }
      if (failures.length) throw failures[0];
      return verbs.some(({ refused }) => !refused);
    },
    // Returns whether there was something to tell.
    async tellFailed() {
      const { failed } = report;
      if (!failed) return false;
      const known = failed.again && (await lrs.has(failed.statement));
      failed.again = true;
      if (!known) await lrs.send([failed.statement]);
      report.confirmFailed();
      return true;
    },
    end: () => sayLast(terminated()),
    // While the page goes away: what is known not to have arrived, in requests of which nobody sees the answers.
    endNow() {
      const { verbs } = report.waiting;
      const failed = report.failed && !report.failed.again ? [report.failed] : [];
      const last = [...statementsOf([...verbs.filter(isFresh), ...failed]), terminated()];
      lrs.send(last).catch(() => {});
    },
    tellNow() {
      const { answers, verbs } = report.waiting;
      for (const group of [answers, verbs].map((entries) => entries.filter(isFresh))) {
        if (group.length) lrs.send(statementsOf(group)).catch(() => {});
      }
    },
  };
}
