// Before the page is painted first: light or dark, and whether it stands in a frame.

import { applyTheme, followDevice, isFramed } from "./_theme.js";

document.documentElement.toggleAttribute("data-framed", isFramed);
applyTheme();
followDevice();
