// htmx for partial updates, within our content security policy and with our CSRF token.

import htmx from "htmx.org";
import { requestHeaders } from "./_request.js";
import { confirmWith } from "./_dialogs.js";

// That htmx adds no styles of its own stands in the layout (`htmx-config`): it would add them before we are asked.
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;

document.addEventListener("htmx:configRequest", (event) => {
  const { Accept, ...headers } = requestHeaders(); // htmx wants HTML
  Object.assign(event.detail.headers, headers);
});

// Browsers silence confirm() in a frame of another site: hx-confirm names one of our dialogs instead.
document.addEventListener("htmx:confirm", (event) => {
  const dialog = event.detail.question && document.getElementById(event.detail.question);
  if (!dialog) return;
  event.preventDefault();
  confirmWith(dialog).then((yes) => yes && event.detail.issueRequest(true));
});
