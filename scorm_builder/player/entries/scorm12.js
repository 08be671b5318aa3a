import { start } from "../player.js";
import { createScorm12 } from "../trackers/scorm12.js";

start(createScorm12);
