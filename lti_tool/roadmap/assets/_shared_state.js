// One place that says what became of several fields: of all their states it shows the one that needs most attention.

import { saveState } from "../../web/assets/_save_state.js";

const TROUBLES = ["kept", "unkept", "blocked", "oversized", "refused", "ended", "ended-unkept", "conflict"];
const URGENCY = ["nothing", "saved", "saving", ...TROUBLES];

/** Give a function that makes, for one field's name, the function that tells its state. */
export function sharedState(element) {
  const show = saveState(element);
  const states = new Map();
  return (name) => (state, detail = {}) => {
    // Set anew at the end, so that of two equally urgent states the later one is shown.
    states.delete(name);
    states.set(name, { state, detail });
    const urgent = [...states.values()].reduce((one, other) => (weight(other) >= weight(one) ? other : one));
    show(urgent.state, urgent.detail);
  };
}

const weight = ({ state }) => URGENCY.indexOf(state);
