// The writing place of the journal, once it is known what this browser has kept for its writer.

import { draftsReady } from "../../web/assets/_drafts.js";

draftsReady.then(() => import("./_writing.js"));
