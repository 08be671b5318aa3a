// Times as pages and packages say them: in the reader's own manner, wherever they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

process.env.TZ = "America/New_York";
const browser = { languages: ["en-GB"] };
const page = { documentElement: { lang: "en" } };
Object.defineProperty(globalThis, "navigator", { value: browser, configurable: true });
Object.assign(globalThis, { document: page });
const { showMoments, speakMoment, speakWhen } = await import("../../lti_tool/web/assets/_moments.js");
const { speakTime } = await import("../../scorm_builder/player/times.js");

const AFTERNOON = new Date("2026-11-21T21:05:00Z");

function reads(languages, lang = "en") {
  Object.assign(browser, { languages });
  page.documentElement.lang = lang;
}

describe("a time", () => {
  for (const [languages, lang, time, day] of [
    [["en-GB"], "en", "16:05", "21 November 2026"],
    [["en"], "en", "16:05", "21 November 2026"],
    [["de-DE", "en-US"], "en", /^4:05\sPM$/, "November 21, 2026"],
    [["fr"], "en", "16:05", "21 November 2026"],
    [["en-US"], "el", /^4:05\sμ\.μ\.$/, "21 Νοεμβρίου 2026"],
    [["sv-SE"], "sv", "16:05", "21 november 2026"],
  ]) {
    it(`is said on a page in ${lang} as somebody reads it whose browser speaks ${languages}`, () => {
      reads(languages, lang);
      const said = speakMoment(AFTERNOON, "time");
      if (time instanceof RegExp) assert.match(said, time);
      else assert.equal(said, time);
      assert.equal(speakMoment(AFTERNOON, "date"), day);
      assert.equal(speakTime(AFTERNOON, lang), said, "a package says it in the same way");
    });
  }

  it("of today goes without its day, and of another day with it", () => {
    reads(["en-GB"]);
    const now = new Date();
    assert.equal(speakWhen(now), speakMoment(now, "time"));
    assert.equal(speakWhen(AFTERNOON), "21 November 2026 at 16:05");
    assert.equal(speakWhen(new Date("2020-03-01T02:00:00Z")), "29 February 2020 at 21:00");
  });

  it("is the reader's own, and a day without a time is the same day everywhere", () => {
    reads(["en-GB"]);
    const elements = [
      { dateTime: "2026-11-21T02:30:00+00:00", dataset: { pwMoment: "datetime" } },
      { dateTime: "2026-11-21", dataset: { pwMoment: "date" } },
      { dateTime: "2028-02-29", dataset: { pwMoment: "date" } },
    ];
    showMoments({ querySelectorAll: () => elements });
    assert.deepEqual(elements.map(({ textContent }) => textContent), ["20 November 2026 at 21:30", "21 November 2026", "29 February 2028"]);
  });
});
