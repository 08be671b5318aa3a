// What every page can do: partial updates, dialogs, counters, times, copying, closing messages, tabs.
// Rooms import the parts that they need by themselves (_autosave.js, _conflict.js, _rubric.js, _save_state.js).

import "bootstrap/js/src/tab.js";
import "./_htmx.js";
import { offerAppearance } from "./_appearance.js";
import { listenForDialogs } from "./_dialogs.js";
import { listenForCounters } from "./_counters.js";
import { keepForms } from "./_kept_forms.js";
import { closeWhenLeft } from "./_leaving.js";
import { listenForMessages } from "./_messages.js";
import { listenForPasting } from "./_pasting.js";
import { listenForRubrics } from "./_rubric.js";
import { showMoments } from "./_moments.js";
import { fetchPrivatePictures } from "./_private_pictures.js";
import { speakToPlatform } from "./_platform.js";
import { canSeal, seal, unseal } from "./_sealing.js";
import { workFromTab } from "./_tab.js";

function dress(root) {
  showMoments(root);
}

// The player comes in a bundle of its own, and keeps what was not sent as we do.
/** @type {any} */ (window).partnerwiseSealing = { canSeal, seal, unseal };
listenForDialogs(document);
listenForCounters(document);
listenForMessages(document);
listenForPasting(document);
listenForRubrics(document);
dress(document);
offerAppearance(document);
speakToPlatform();
keepForms();
closeWhenLeft();
workFromTab();
fetchPrivatePictures(document);
document.addEventListener("htmx:load", (event) => dress(event.target));
