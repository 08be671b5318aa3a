import { start } from "../player.js";
import { createScorm2004 } from "../trackers/scorm2004.js";

start(createScorm2004);
