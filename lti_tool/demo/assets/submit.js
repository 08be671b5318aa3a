// Sends the form of a launch on its way; without scripts its button does.
document.querySelector("form[data-submit-now]")?.submit();
