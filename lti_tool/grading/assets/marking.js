// The marking page, once it is known what this browser has kept for its trainer.

import { draftsReady } from "../../web/assets/_drafts.js";

draftsReady.then(() => import("./_judging.js"));
