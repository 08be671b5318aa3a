// What the player says about saving and about the session; all of it in live regions, nothing in pop-ups.

export function createNotices(unit) {
  const line = unit.root.querySelector("[data-saved]");
  const box = unit.root.querySelector("[data-notices]");
  const shown = new Map();

  // A text that stays the same is not set again: screen readers would read it again.
  const put = (text) => {
    if (line.textContent !== text) line.textContent = text;
  };

  function show(name, text, action) {
    if (shown.get(name)?.text === text) return;
    hide(name);
    const notice = document.createElement("p");
    notice.className = "pw-notice";
    notice.textContent = text;
    if (action) notice.append(" ", action);
    shown.set(name, { notice, text });
    box.append(notice);
  }

  function hide(name) {
    shown.get(name)?.notice.remove();
    shown.delete(name);
  }

  return {
    condition(name) {
      if (name !== "normal") show("condition", unit.say(name));
    },
    saved(at) {
      hide("failed");
      const time = at.toLocaleTimeString(unit.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      put(unit.say("saved", { time }));
    },
    failed({ reason, ended }, tryNow) {
      put("");
      if (ended) return show("failed", unit.say("session_ended"));
      const said = reason ? `${unit.say("refused", { reason })} ` : "";
      return show("failed", said + unit.say("not_saved"), tryButton(unit, tryNow));
    },
  };
}

function tryButton(unit, tryNow) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pw-button";
  button.textContent = unit.say("try_now");
  button.addEventListener("click", tryNow);
  return button;
}
