// A visit to a package without its page: what learners do there, handed to the rules, the saving and a tracker.

import { KINDS } from "../../../scorm_builder/player/activities/index.js";
import { openPlaying } from "../../../scorm_builder/player/playing.js";
import { answer, tryAgain, turnTo } from "../../../scorm_builder/player/progress.js";
import { settle, until } from "./time.js";

function createClock() {
  let since = Date.now();
  return {
    lap() {
      const whole = Math.floor((Date.now() - since) / 1000);
      since += whole * 1000;
      return whole;
    },
  };
}

// `window` is one of browser.js; `end()` is what the LMS's side does when the window is killed.
export async function openVisit(scope, tracker, { window = { die() {} }, end = () => {} } = {}) {
  const told = [];
  const opening = openPlaying(scope, tracker, createClock(), (one) => told.push(one));
  let playing = null;
  opening.then((opened) => (playing = opened));
  await until(() => playing);
  const unit = () => scope.shown;
  const progress = () => playing.progressOf(unit());
  const put = (next, soon) => playing.put(unit(), next, soon);
  const named = (id) => unit().activities.find((one) => one.id === id);

  const visit = {
    scope,
    tracker,
    told,
    get whole() {
      return playing.whole;
    },
    get progress() {
      return progress();
    },
    get condition() {
      return tracker.condition;
    },
    // What the page says of saving: "saved", "not_saved", "session_ended", or "" where neither holds.
    get said() {
      const last = told.at(-1);
      if (!last || last.state === "saving" || (last.state === "saved" && !last.at)) return "";
      return last.state === "saved" ? "saved" : last.ended ? "session_ended" : "not_saved";
    },
    get drawn() {
      return progress().check.drawn;
    },
    given: (id) => progress().answers[id]?.given,
    isChecked: (id) => Boolean(progress().answers[id]?.checked),
    open(opened) {
      playing.show(opened);
      put(turnTo(progress(), unit(), progress().page));
      return settle();
    },
    turnTo(page) {
      put(turnTo(progress(), unit(), page));
      return settle();
    },
    // Filling in, as far as each letter of it.
    fill(id, given) {
      put(answer(progress(), unit(), id, { given, checked: false, points: null }), true);
      return settle();
    },
    check(id, given) {
      const activity = named(id);
      const { points } = KINDS[activity.kind].mark(activity.question, given);
      put(answer(progress(), unit(), id, { given, checked: true, points }));
      return settle();
    },
    anotherAttempt() {
      put(tryAgain(progress(), unit()));
      return settle();
    },
    // Every page, and the questions that were drawn; so many of them wrongly all the same.
    async finish({ right = true, wrong = 0 } = {}) {
      for (const { id } of unit().pages.slice(1)) await visit.turnTo(id);
      for (const [place, id] of visit.drawn.entries()) await visit.check(id, right && place >= wrong ? 0 : 1);
    },
    tryNow() {
      playing.tryNow();
      return settle();
    },
    hide() {
      playing.save();
      return settle();
    },
    // The way back to the LMS: what comes of it, null as long as nobody knows.
    async goBack() {
      const went = { arrived: null };
      playing.leave().then((arrived) => (went.arrived = arrived));
      await settle();
      return went;
    },
    saved: () => until(() => visit.said === "saved"),
    // The page goes away as browsers tell it; nothing of it runs after.
    leave() {
      playing.last();
      window.die();
      return settle();
    },
    // The window ends as in a crash: nobody is told.
    kill() {
      window.die();
      end();
      return settle();
    },
  };
  if (scope.single) await visit.open(scope.single);
  else if (playing.whole.current) await visit.open(scope.units.find(({ id }) => id === playing.whole.current));
  return visit;
}

// All that counts in the small unit, and every page.
export async function answerEverything(visit, right) {
  await visit.check("one", right ? 0 : 1);
  await visit.turnTo("second");
  await visit.check("some", right ? [0, 1] : [2]);
  await visit.turnTo("third");
  await visit.turnTo("last");
}
