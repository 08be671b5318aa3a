// A name for this browser where each tab holds a proof of its own: the LMS keeps it for us, and so does the tab. By it the
// server knows that the person before has left.

import { getData, putData } from "./_platform_storage.js";
import { recallHere, rememberHere } from "./_tab_memory.js";

const KEY = "partnerwise.computer";

/** The name; `where` is {target, origin} of the LMS's storage. */
export async function nameComputer(where) {
  const known = (await getData(where, KEY)) ?? recallHere("computer");
  const name = known || [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  rememberHere("computer", name);
  await putData(where, KEY, name);
  return name;
}
