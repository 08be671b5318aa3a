// htmx for partial updates, within our content security policy and with our CSRF token.

import htmx from "htmx.org";
import { requestHeaders } from "./_request.js";
import { confirmWith } from "./_dialogs.js";

htmx.config.includeIndicatorStyles = false;
htmx.config.allowEval = false;
htmx.config.selfRequestsOnly = true;

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = requestHeaders()["X-CSRFToken"];
});

// Browsers silence confirm() in a frame of another site: hx-confirm names one of our dialogs instead.
document.addEventListener("htmx:confirm", (event) => {
  const dialog = event.detail.question && document.getElementById(event.detail.question);
  if (!dialog) return;
  event.preventDefault();
  confirmWith(dialog).then((yes) => yes && event.detail.issueRequest(true));
});
