// What the player says about saving and about the session; all of it in live regions, nothing in pop-ups.

import { speakTime } from "./times.js";

export function createNotices(scope) {
  const shown = new Map();
  const line = () => document.querySelector("[data-saved]");
  const box = () => document.querySelector("[data-notices]");
  let savedLast = "";

  // A text that stays the same is not set again: screen readers would read it again.
  const put = (text) => {
    if (line() && line().textContent !== text) line().textContent = text;
  };

  function show(name, text, ...parts) {
    if (shown.get(name)?.text === text) return;
    hide(name);
    const notice = document.createElement("p");
    notice.className = "pw-notice";
    notice.textContent = text;
    if (parts.length) notice.append(text ? " " : "", ...parts);
    shown.set(name, { notice, text });
    box().append(notice);
  }

  function hide(name) {
    shown.get(name)?.notice.remove();
    shown.delete(name);
  }

  return {
    // Where the LMS opened this in place of itself, a link that leads back, and where it says what becomes of it.
    wayBack(parts) {
      show("back", "", ...parts);
    },
    condition(name) {
      if (name === "normal") hide("condition");
      else show("condition", scope.say(name));
    },
    filesRefused() {
      show("files", scope.say("files_refused"));
      shown.get("files").notice.scrollIntoView({ block: "nearest" });
    },
    // What was said of an earlier save does not hold for what is new, nor is a refused file any news.
    saving() {
      put("");
      hide("files");
    },
    saved({ at, untold }) {
      hide("failed");
      if (untold) show("untold", scope.say("untold"));
      else hide("untold");
      const text = scope.say("saved", { time: speakTime(at, scope.language) });
      // What was read out this minute is not read out again.
      line()?.setAttribute("aria-live", text === savedLast ? "off" : "polite");
      savedLast = text;
      put(text);
    },
    failed({ reason, ended }, tryNow) {
      put("");
      if (ended) return show("failed", scope.say("session_ended"));
      const said = reason ? `${scope.say("refused", { reason })} ` : "";
      return show("failed", said + scope.say("not_saved"), tryButton(scope, tryNow));
    },
  };
}

function tryButton(scope, tryNow) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pw-button";
  button.textContent = scope.say("try_now");
  button.addEventListener("click", tryNow);
  return button;
}
