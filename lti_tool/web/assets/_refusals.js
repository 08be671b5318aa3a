// Says beside a field that a picture or a file was not taken, in the box that the layout holds ready.

const BESIDE = ".pw-editor-box, .pw-field";

/** Say it where the words go; `what` is pictures or files. */
export function sayRefused(near, what) {
  const box = document.getElementById("pw-refused");
  if (!box) return;
  const field = near?.closest?.(BESIDE);
  if (field) field.after(box);
  else document.getElementById("content").prepend(box);
  box.hidden = false;
  box.querySelector("p").textContent = what === "files" ? box.dataset.textFiles : box.dataset.textPictures;
  box.scrollIntoView({ block: "nearest" });
}

/** What was refused is no news any more. */
export function forgetRefused() {
  const box = document.getElementById("pw-refused");
  if (box) box.hidden = true;
}
