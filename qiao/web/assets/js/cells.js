/** Cells of a list are changed where they stand: a double click or Enter opens one, Enter or leaving it saves,
Escape puts it back, arrows walk from cell to cell. */
import { whenShown, within, word } from "./page.js";

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

// What a cell showed before it was opened, and what was sent from it last.
const former = new WeakMap();
const sent = new WeakMap();

const isOpen = (cell) => cell.querySelector("[data-cell-field]") !== null;
const fields = (cell) => [...cell.querySelectorAll("input, select, textarea")];
const values = (cell) => {
  const found = {};
  for (const field of fields(cell)) if (field.type !== "checkbox" || field.checked) found[field.name] = field.value;
  return found;
};

function send(cell, verb, given = {}) {
  const list = cell.closest("[data-cells]").dataset.cells;
  const path = `${list}${cell.closest("[data-row]").dataset.row}/cell/${cell.dataset.cell}`;
  cell.setAttribute("aria-busy", "true");
  return htmx
    .ajax(verb, path, { source: cell, target: cell, swap: "innerHTML", values: given })
    .finally(() => cell.removeAttribute("aria-busy"));
}

async function open(cell) {
  if (isOpen(cell) || cell.ariaBusy === "true") return;
  former.set(cell, cell.innerHTML);
  await send(cell, "GET");
  if (!isOpen(cell)) return;
  sent.set(cell, JSON.stringify(values(cell)));
  enter(cell);
}

function enter(cell) {
  const asked = cell.querySelector('[name="why_late"]');
  const field = asked ?? fields(cell).find((one) => one.type !== "hidden");
  field?.focus();
  field?.select?.();
}

function close(cell) {
  cell.innerHTML = former.get(cell);
}

async function save(cell, stay) {
  if (cell.ariaBusy === "true") return;
  const given = values(cell);
  const written = JSON.stringify(given);
  if (written === sent.get(cell)) {
    if (!cell.querySelector('[role="alert"]')) close(cell);
  } else {
    sent.set(cell, written);
    await send(cell, "POST", given);
    if (isOpen(cell)) return enter(cell);
    cell.classList.toggle("q-empty-cell", !cell.textContent.trim());
  }
  if (stay) cell.focus();
}

function walk(cell, [down, right]) {
  const row = cell.parentElement;
  const rows = [...row.parentElement.children];
  const beside = [...row.querySelectorAll("[data-cell]")];
  const next = down
    ? rows[rows.indexOf(row) + down]?.children[cell.cellIndex]
    : beside[beside.indexOf(cell) + right];
  if (!next) return false;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  return true;
}

function onKey(event) {
  const cell = event.target.closest?.("[data-cell]");
  if (!cell || event.isComposing) return;
  if (event.target === cell) {
    if (event.key === "Enter" || event.key === "F2") open(cell);
    else if (!STEPS[event.key] || !walk(cell, STEPS[event.key])) return;
  } else if (event.key === "Escape") {
    close(cell);
    cell.focus();
  } else if (event.key === "Enter" && !event.target.matches("a, textarea")) save(cell, true);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

export function setUp() {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("dblclick", (event) => {
    const cell = event.target.closest?.("[data-cells] [data-cell]");
    if (cell) open(cell);
  });
  document.addEventListener("focusout", (event) => {
    const cell = event.target.closest?.("[data-cell]");
    if (cell && isOpen(cell) && !cell.contains(event.relatedTarget) && document.hasFocus()) save(cell, false);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422 || !event.detail.target.matches("[data-cell]")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.target.closest?.("[data-undo]")?.closest(".q-toast").remove();
  });
  whenShown((root) => {
    for (const list of within(root, "[data-cells]"))
      [...list.querySelectorAll("[data-cell]")].forEach((cell, place) => {
        cell.tabIndex = place ? -1 : 0;
        cell.title = word("changeCell");
      });
  });
}
