// The writing place of the journal, once it is known what this browser has kept for its writer.

import { refuseLargeFiles } from "./_files.js";
import { draftsReady } from "../../web/assets/_drafts.js";

refuseLargeFiles(document);
draftsReady.then(() => import("./_writing.js"));
