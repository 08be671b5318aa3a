// After the LMS has said who this is: fetches from its storage what shows that this browser has asked, sends both,
// and goes on to the page.

import { nameComputer } from "./_computer.js";
import { getData } from "./_platform_storage.js";
import { remember } from "./_tab_memory.js";

const PATIENCE = 2000; // milliseconds, for an LMS that keeps one thing and not the other

const page = document.querySelector("[data-proving]");
const form = page.querySelector("form");
const { target, origin, key } = page.dataset;

function show(what) {
  for (const part of page.querySelectorAll("[data-wait], [data-failed]")) part.hidden = !(what in part.dataset);
}

async function prove() {
  show("wait");
  const naming = nameComputer({ target, origin });
  const proof = await getData({ target, origin }, key);
  if (!proof) return fail();
  const computer = await Promise.race([naming, new Promise((late) => { setTimeout(late, PATIENCE, ""); })]);
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("proof", proof);
  body.set("computer", computer);
  try {
    const response = await fetch(form.action, { method: "POST", headers: { Accept: "text/html, application/json;q=0.5" }, body });
    if (!response.ok) return showRefusal(await response.text());
    const { page: address } = await response.json();
    remember(address, proof);
    window.location.replace(address);
  } catch {
    fail();
  }
}

function fail() {
  show("failed");
  page.focus();
}

// The refusal is a page of ours; it has nothing that would have to run.
function showRefusal(html) {
  const refusal = new DOMParser().parseFromString(html, "text/html");
  document.title = refusal.title;
  page.replaceChildren(...refusal.querySelector("main").childNodes);
  page.focus();
}

prove();
