// An LMS's page with a package in its frame; what the tests ask for stands in the page's address.

import { SCORM12 } from "./edition12.js";
import { SCORM2004 } from "./edition2004.js";
import { openStrictLms } from "./strict.js";

const STORE = "lms";
const EDITIONS = {
  scorm12: { edition: SCORM12, name: "API", inner: "Scorm12API" },
  scorm2004: { edition: SCORM2004, name: "API_1484_11", inner: "Scorm2004API" },
};
const frame = document.querySelector("iframe");
const { edition, name, inner } = EDITIONS[frame.dataset.edition];
const options = Object.fromEntries(new URLSearchParams(window.location.search));
const kept = {
  read: () => JSON.parse(window.localStorage.getItem(STORE) ?? "{}"),
  write: (data) => window.localStorage.setItem(STORE, JSON.stringify(data)),
  finish: () => window.localStorage.setItem("finished", "true"),
};
const lms = openStrictLms(edition, new window[inner]({ autocommit: false, logLevel: 5 }), kept, options);
if (options.api !== "none") window[name] = lms.api;
window.lms = lms;
frame.src = frame.dataset.unit;
