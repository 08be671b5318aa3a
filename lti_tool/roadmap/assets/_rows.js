// The list of rows: what the buttons do, and how rows that others add, move or take out come and go here.

import { showMoments } from "../../web/assets/_moments.js";

export class Rows {
  #page;
  #list = document.getElementById("pm-rows");

  constructor(page) {
    this.#page = page;
    for (const card of this.#list?.children ?? []) page.dressRow(card);
    page.form.addEventListener("click", (event) => this.#follow(event));
  }

  card(id) { return document.getElementById(`row-${id}`); }

  /** New lines for rows: who, when, in what state. */
  summarise(summaries) {
    for (const [id, html] of Object.entries(summaries)) {
      const line = this.card(id)?.querySelector("[data-pm-summary]");
      if (!line) continue;
      line.innerHTML = html;
      showMoments(line);
    }
  }

  /** Bring the list to this order; `own` is the row that a button here was about. False if a card is missing. */
  arrange({ order, cards, removed }, own) {
    for (const card of [...this.#list.children]) this.#keepOrDrop(card, order, own);
    for (const id of order) this.#bring(id, cards[id], own);
    this.#sort(order.map((id) => this.card(id)).filter(Boolean));
    document.getElementById("pm-removed").innerHTML = removed;
    showMoments(document.getElementById("pm-removed"));
    document.getElementById("pm-none").hidden = this.#list.children.length > 0;
    return order.every((id) => this.card(id));
  }

  place(id) {
    const cards = [...this.#list.children];
    return { place: cards.indexOf(this.card(id)) + 1, count: cards.length };
  }

  // A link to a row opens it; who goes there by keyboard goes on from its line.
  #follow(event) {
    const link = event.target.closest('a[href^="#row-"]');
    const details = link && document.querySelector(link.getAttribute("href"))?.querySelector("details");
    if (!details) return;
    event.preventDefault();
    details.open = true;
    details.querySelector("summary").focus();
    details.scrollIntoView({ block: "nearest" });
  }

  #keepOrDrop(card, order, own) {
    const id = Number(card.dataset.pmRow);
    if (order.includes(id)) return this.#unmark(card);
    const writing = this.#page.fieldsIn(card).some((field) => field.busy);
    if (writing && id !== own) this.#mark(card, id);
    else this.#drop(card);
  }

  #drop(card) {
    for (const field of this.#page.fieldsIn(card)) this.#page.forget(field);
    card.remove();
  }

  // Taken out by somebody else while it is written in here: it stays until the writer has decided.
  #mark(card, id) {
    if ("gone" in card.dataset) return;
    card.dataset.gone = "";
    const bar = document.getElementById("pm-gone").content.firstElementChild.cloneNode(true);
    bar.querySelector("[data-pm-do]").value = `restore:${id}`;
    card.prepend(bar);
  }

  #unmark(card) {
    if (!("gone" in card.dataset)) return;
    delete card.dataset.gone;
    card.querySelector(".pm-gone").remove();
    for (const field of this.#page.fieldsIn(card)) field.saver.flush();
  }

  #bring(id, html, own) {
    if (this.card(id) || !html) return;
    this.#list.insertAdjacentHTML("beforeend", html);
    const card = this.#list.lastElementChild;
    showMoments(card);
    // What another person adds must not push this one's page about.
    card.querySelector("details").open = id === own;
    this.#page.dressRow(card);
  }

  // The card that holds the focus stays where it is, and the others move around it: moving it would lose the focus.
  #sort(cards) {
    const shown = [...this.#list.children].filter((card) => !("gone" in card.dataset));
    if (cards.every((card, place) => card === shown[place])) return;
    const held = cards.findIndex((card) => card.contains(document.activeElement));
    const fixed = cards[held];
    cards.slice(0, Math.max(held, 0)).forEach((card) => this.#list.insertBefore(card, fixed));
    cards.slice(held + 1).forEach((card) => this.#list.append(card));
  }
}
