"""A SCORM 1.2 package for tests: one page that offers the API's calls as buttons, zipped on the spot."""

import zipfile
from pathlib import Path

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="sample" version="1.0"
    xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="o">
    <organization identifier="o"><title>Sample unit</title>{items}</organization>
  </organizations>
  <resources>
    <resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="unit/index.html">
      <file href="unit/index.html"/>
    </resource>
  </resources>
</manifest>"""
ITEM = '<item identifier="{id}" identifierref="r1"><title>{title}</title>{more}</item>'
PAGE = """<!doctype html><html lang="en"><title>Sample unit</title><h1>Sample unit</h1>
<p id="said"></p><button id="leave">Finish and leave</button>
<script src="unit.js"></script></html>"""
SCRIPT = """
let api = null;
for (let place = window; !api && place !== place.parent; place = place.parent) api = place.parent.API;
window.api = api;
const begun = api.LMSInitialize("");
const core = ["entry", "lesson_mode", "lesson_location", "total_time", "student_name"];
const found = core.map((name) => api.LMSGetValue("cmi.core." + name));
document.getElementById("said").textContent = [begun, ...found, api.LMSGetValue("cmi.suspend_data")].join(" | ");
document.getElementById("leave").addEventListener("click", () => {
  api.LMSSetValue("cmi.core.lesson_status", "passed");
  api.LMSSetValue("cmi.core.score.raw", "80");
  api.LMSSetValue("cmi.core.lesson_location", "page-3");
  api.LMSSetValue("cmi.suspend_data", '{"step":3,"q":"a&b=\\u00fc"}');
  api.LMSSetValue("cmi.interactions.0.id", "q1");
  api.LMSSetValue("cmi.interactions.0.type", "choice");
  api.LMSSetValue("cmi.interactions.0.student_response", "b");
  api.LMSSetValue("cmi.interactions.0.result", "correct");
  api.LMSSetValue("cmi.core.session_time", "00:01:30");
  api.LMSSetValue("cmi.core.exit", "suspend");
  document.getElementById("said").textContent = [api.LMSCommit(""), api.LMSFinish("")].join(" | ");
});
"""


def write_package(folder: Path, name: str = "sample.zip", *, mastery: str = "", parts: int = 1) -> Path:
    """Write a good package; `mastery` is its mastery score, `parts` how many SCOs it has."""
    more = f"<adlcp:masteryscore>{mastery}</adlcp:masteryscore>" if mastery else ""
    items = "".join(ITEM.format(id=f"i{n}", title=f"Part {n}", more=more) for n in range(1, parts + 1))
    return write_zip(folder, name, {"imsmanifest.xml": MANIFEST.format(items=items)})


def write_zip(folder: Path, name: str, files: dict[str, str]) -> Path:
    """Write a zip with these files and the sample page."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as zipped:
        for inside, text in {"unit/index.html": PAGE, "unit/unit.js": SCRIPT, **files}.items():
            zipped.writestr(inside, text)
    return path
