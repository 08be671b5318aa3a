// Leads from the picker's frame back to the course page; without scripts its link does.
const link = document.querySelector("[data-go-on]");
if (link) window.top?.location.assign(link.href);
