// What the browser does by itself. Every page works without this file; it adds comfort, never meaning.

import "htmx.org/dist/htmx.esm.min.js";
import { listenToKeys } from "./keys";
import { keepDrafts } from "./drafts";
import { findCallers } from "./caller";
import { takeFiles } from "./files";
import { quoteMessages } from "./quote";
import { watchOutgoing } from "./outgoing";
import { offerInserts } from "./insert";
import { offerThemes } from "./theme";
import { keepOfflinePage } from "./install";
import { offerConditions } from "./conditions";
import { closeMenus } from "./menus";
import { widenPanes } from "./panes";
import { searchWithin } from "./within";
import { goLive } from "./live/live";
import { walkSuggestions } from "./suggest";
import { offerPalette } from "./palette";

listenToKeys();
keepDrafts();
findCallers();
takeFiles();
quoteMessages();
watchOutgoing();
offerInserts();
offerThemes();
closeMenus();
offerConditions();
widenPanes();
searchWithin();
goLive();
walkSuggestions();
keepOfflinePage();
offerPalette();
