import { setUp as cells } from "./cells.js";
import { setUp as confirm } from "./confirm.js";
import { setUp as copy } from "./copy.js";
import { setUp as drafts } from "./drafts.js";
import { setUp as fill } from "./fill.js";
import { setUp as forms } from "./forms.js";
import { setUp as keys } from "./keys.js";
import { setUp as network } from "./network.js";
import { setUp as print } from "./print.js";
import { setUp as rail } from "./rail.js";
import { setUp as rows } from "./rows.js";
import { setUp as search } from "./search.js";
import { setUp as toasts } from "./toasts.js";

const parts = [cells, confirm, copy, drafts, fill, forms, keys, network, print, rail, rows, search, toasts];
for (const part of parts) part();
