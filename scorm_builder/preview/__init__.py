"""`scorm-builder preview`: the course as it stands in its folder, played in a local page that shows what is tracked."""
