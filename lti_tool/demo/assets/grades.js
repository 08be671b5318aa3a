// Keeps the gradebook fresh: asks for its tables every few seconds and says aloud what has come in.
import { localTimes } from "./times.js";

const PAUSE = 3000;
const book = document.querySelector("[data-grades]");
const news = document.querySelector("[data-grades-news]");
const state = document.querySelector("[data-grades-state]");

function stamps(root) {
  return new Map([...root.querySelectorAll("[data-key]")].map((row) => [row.dataset.key, row.dataset.stamp]));
}

function show(html) {
  const before = stamps(book);
  book.innerHTML = html;
  localTimes(book);
  const changed = [...book.querySelectorAll("[data-key]")].filter((row) => before.get(row.dataset.key) !== row.dataset.stamp);
  for (const row of changed) row.classList.add("has-arrived");
  if (changed.length > 0) news.textContent = changed.map((row) => row.dataset.says).join(" ");
}

// The page itself may be older than the first answer.
function isNews(html) {
  if (last !== null) return html !== last;
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const [there, here] = [fresh.content, book].map((root) => JSON.stringify([...stamps(root)]));
  return there !== here;
}

/** @type {string | null} */
let last = null;

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(book.dataset.grades, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const html = await answer.text();
    if (isNews(html)) show(html);
    last = html;
    state.textContent = "New scores appear here by themselves.";
  } catch {
    state.textContent = "The Demo LMS does not answer just now. Trying again.";
  }
}

refresh();
setInterval(refresh, PAUSE);
