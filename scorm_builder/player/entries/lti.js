import { start } from "../player.js";
import { createLti } from "../trackers/lti.js";

start(createLti);
