import { setUp as cells } from "./cells.js";
import { setUp as confirm } from "./confirm.js";
import { setUp as copy } from "./copy.js";
import { setUp as drafts } from "./drafts.js";
import { setUp as forms } from "./forms.js";
import { setUp as keys } from "./keys.js";
import { setUp as network } from "./network.js";
import { setUp as print } from "./print.js";
import { setUp as rail } from "./rail.js";
import { setUp as rows } from "./rows.js";
import { setUp as search } from "./search.js";
import { setUp as toasts } from "./toasts.js";

for (const part of [cells, confirm, copy, drafts, forms, keys, network, print, rail, rows, search, toasts]) part();
