// Says that a file is too large before it is sent: a long upload that is refused at its end helps nobody.

export function refuseLargeFiles(root) {
  for (const input of root.querySelectorAll("input[type=file][data-largest]")) {
    input.addEventListener("change", () => {
      const large = [...input.files].some(({ size }) => size > Number(input.dataset.largest));
      input.setCustomValidity(large ? input.dataset.textLarge : "");
      if (large) input.reportValidity();
    });
  }
}
