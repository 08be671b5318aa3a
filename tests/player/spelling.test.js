// What phones, word processors and keyboards change of a short answer makes no difference; another word does.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { isSameText } from "../../scorm_builder/player/activities/spelling.js";

const SAME = {
  en: [
    ["data minimisation", "  Data   Minimisation. "],
    ["parents' evening", "parents’ evening"],
    ["parents' evening", "Parents´ evening"],
    ["forty-eight", "forty\u2011eight"],
    ["forty-eight", "forty – eight"],
    ["21 of 28", "21\u00a0of\u202f28"],
    ["21/28", "21 ⁄ 28"],
    ["and so on...", "and so on…"],
    ["triangulation", "“Triangulation”"],
    ["triangulation", "«\u00a0triangulation\u00a0»"],
    ["triangulation", "ｔｒｉａｎｇｕｌａｔｉｏｎ"],
    ["triangulation", "tri\u00adangu\u200blation\ufeff"],
    ["triangulation", "TRİANGULATİON"],
    ["cafe", "café"],
    ["café", "cafe\u0301"],
    ["office", "oﬃce"],
    ["1/2", "½"],
    ["48", "٤٨"],
    ["- 5", "−5"],
  ],
  el: [
    ["τριγωνοποίηση", "ΤΡΙΓΩΝΟΠΟΙΗΣΗ"],
    ["παλινδρόμηση προς τον μέσο όρο", "παλινδρομηση προσ τον μεσο ορο"],
    ["τριγωνισμός", "ΤΡΙΓΩΝΙΣΜΟΣ"],
    ["έλεγχος", "έλεγχος".normalize("NFD")],
    ["γάιδαρος", "γαϊδαρος"],
    ["απ' το σπίτι", "απ᾽ το σπίτι"],
    ["γιατί;", "γιατί\u037e"],
  ],
  de: [["Straße", "STRASSE"]],
  tr: [["ışık", "IŞIK"], ["ilgi", "İLGİ"]],
  ar: [["مدرسة", "مَدْرَسَة"]],
  sv: [["år", "ÅR"]],
};
const OTHER = {
  en: [
    ["triangulation", "regulation"],
    ["21 of 28", "21 of 27"],
    ["16/11", "1611"],
    ["5", "-5"],
    ["4.5", "45"],
    ["data minimisation", "dataminimisation"],
    ["assumption", "."],
  ],
  el: [["έλεγχος", "έλεγχο"]],
  tr: [["ışık", "işik"]],
  sv: [["år", "ar"]],
  es: [["año", "ano"]],
};

for (const [kind, all, same] of [["the same", SAME, true], ["another", OTHER, false]]) {
  describe(`as ${kind} answer counts`, () => {
    for (const [language, pairs] of Object.entries(all)) {
      for (const [accepted, written] of pairs) {
        it(`${language}: ${JSON.stringify(written)} for ${accepted}`, () => {
          assert.equal(isSameText(accepted, written, language), same);
          assert.equal(isSameText(written, accepted, language), same);
        });
      }
    }
  });
}
