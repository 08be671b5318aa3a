// Pictures that only some people may see, in a page whose proof the tab holds (see tab.js): the browser would ask for
// them without that proof. Anywhere else they have an address of their own.

import { proofHeaders } from "./_request.js";

export async function fetchPrivatePictures(root, headers = proofHeaders()) {
  await Promise.all([...root.querySelectorAll("img[data-pw-private]")].map((picture) => show(picture, headers)));
}

async function show(picture, headers) {
  const answer = await fetch(picture.dataset.pwPrivate, { headers }).catch(() => null);
  if (answer?.ok) picture.src = await asAddress(await answer.blob()); // our policy takes data:, and no blob:
}

function asAddress(blob) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(reader.result));
    reader.readAsDataURL(blob);
  });
}
