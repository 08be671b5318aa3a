// What the buttons of rows do without leaving the page, and where the focus goes then.

import { announce } from "../../web/assets/_messages.js";
import { requestHeaders } from "../../web/assets/_request.js";

export function listenForButtons(page) {
  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button?.value && button.value !== "save") press(page, button);
    else page.flush();
  });
}

async function press(page, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await carryOut(page, button);
  } catch (error) {
    page.say(error.told || page.texts.failed);
  } finally {
    page.own = null;
  }
  button.removeAttribute("aria-busy");
}

async function carryOut(page, button) {
  const [what, about] = button.value.split(":");
  const card = button.closest("[data-pm-row]");
  // What was just typed in a row goes to the server before the row is taken out.
  if (what === "remove" && !(await page.flush(card))) throw new Error("not saved");
  // Known before the answer: the follower may hear of it first.
  page.own = Number(about) || null;
  const body = await send(page, button.value);
  page.own = body.row;
  await page.follower.take(body);
  afterwards[what](page, body.row, button);
}

async function send(page, wanted) {
  const response = await fetch(page.form.dataset.rows, {
    method: "POST",
    headers: { ...requestHeaders(), "Content-Type": "application/json" },
    body: JSON.stringify({ do: wanted, section: page.form.dataset.section, since: page.follower.revision }),
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw Object.assign(new Error(`rows: ${response.status}`), { told: toldBy(body) });
  return body;
}

/** What the tool says of a button that it did not carry out. */
function toldBy({ meaning, advice }) {
  return [meaning, advice].filter(Boolean).join(" ");
}

const afterwards = {
  add: (page, id) => {
    const card = page.rows.card(id);
    card.querySelector("details").open = true;
    card.querySelector("input, textarea, select").focus();
  },
  up: sayPlace,
  down: sayPlace,
  remove: (page, id) => {
    const back = document.getElementById(`restore-${id}`);
    back?.closest("details").setAttribute("open", "");
    back?.focus();
    announce(page.texts.takenOut);
  },
  restore: (page, id) => page.rows.card(id)?.querySelector("summary")?.focus(),
};

function sayPlace(page, id, button) {
  const { place, count } = page.rows.place(id);
  announce(page.texts.moved.replace("{place}", place).replace("{count}", count));
  // At the end of the list the pressed button is hidden, and the one for the way back takes its focus.
  const other = page.rows.card(id).querySelector(`[value="${button.value.startsWith("up") ? "down" : "up"}:${id}"]`);
  if (button.offsetParent === null) other.focus();
}
