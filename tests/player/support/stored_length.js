// For the builder's tests: a line {units, outlines, limit} of JSON in, the length of what is stored out.

import { createInterface } from "node:readline";

import { ofSeveral } from "../../../scorm_builder/player/scope.js";
import { encode } from "../../../scorm_builder/player/trackers/suspend.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { units, outlines, limit } = JSON.parse(line);
  const scope = ofSeveral({ course: "c", id: "p", units: outlines });
  const { text } = encode({ current: outlines[0].id, units }, scope, limit);
  process.stdout.write(`${text.length}\n`);
}
