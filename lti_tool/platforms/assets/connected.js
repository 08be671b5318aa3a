// Tells the LMS that its registration page can be closed (LTI DR 1.0, 3.7); the message holds nothing that is secret.

const button = document.getElementById("close-registration");

button.addEventListener("click", () => {
  const lms = window.opener ?? (window.parent === window ? null : window.parent);
  lms?.postMessage({ subject: "org.imsglobal.lti.close" }, "*");
  // An LMS that listens has closed the page by now; all others leave it to the administrator.
  document.getElementById("close-by-hand").hidden = false;
});
