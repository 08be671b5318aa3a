// A name for this browser where each tab holds a proof of its own: the LMS keeps it for us, and so does the tab. By it the
// server knows that the person before has left.

import { getData, putData, randomId } from "./_platform_storage.js";
import { recallHere, rememberHere } from "./_tab_memory.js";

const KEY = "partnerwise.computer";

/** The name; `where` is {target, origin} of the LMS's storage. */
export async function nameComputer(where) {
  const known = (await getData(where, KEY)) ?? recallHere("computer");
  const name = known || randomId();
  rememberHere("computer", name);
  await putData(where, KEY, name);
  return name;
}
