// Shows moments in the reader's own zone and sends them with it; without this they are in UTC, as the page then says.

const pad = (number, length = 2) => String(number).padStart(length, "0");

/** A moment as a datetime-local field holds it. */
function asField(moment) {
  const day = [pad(moment.getFullYear(), 4), pad(moment.getMonth() + 1), pad(moment.getDate())].join("-");
  return `${day}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}

for (const form of document.querySelectorAll("form[data-times]")) {
  const fields = [...form.querySelectorAll("[data-moment]")];
  for (const field of fields) {
    // What a person typed comes back with its zone, what the server wrote is in UTC.
    const given = field.getAttribute("value");
    if (given) field.value = asField(new Date(/(Z|[+-]\d\d:?\d\d)$/.test(given) ? given : `${given}Z`));
  }
  form.addEventListener("formdata", ({ formData }) => {
    for (const field of fields) {
      const moment = new Date(field.value);
      if (field.value && !Number.isNaN(moment.getTime())) formData.set(field.name, moment.toISOString());
      // Half a date is no date: it must not pass for an empty field.
      else if (field.validity.badInput) formData.set(field.name, "?");
    }
  });
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const line of document.querySelectorAll("[data-zone]")) {
  if (zone) line.textContent = line.dataset.text.replace("{zone}", zone.replaceAll("_", " "));
}
