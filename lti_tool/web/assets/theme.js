// Before the page is painted first: light or dark, and whether it stands in a frame.

import { beginTheme, isFramed } from "./_theme.js";

document.documentElement.toggleAttribute("data-framed", isFramed);
beginTheme();
