import { start } from "../player.js";
import { createNone } from "../trackers/none.js";

start(createNone);
