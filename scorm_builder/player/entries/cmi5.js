import { start } from "../player.js";
import { createCmi5 } from "../trackers/cmi5.js";

start(createCmi5);
