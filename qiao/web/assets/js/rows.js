/** Tables: rows are chosen and the batch bar follows; cells carry their heading for the phone's cards;
a table that fits its box goes with the page. */
import { whenShown, within } from "./page.js";

const boxes = (form) => [...document.querySelectorAll(`[data-select-row]`)].filter((box) => box.form?.id === form);

function refresh(bar) {
  const all = boxes(bar.dataset.batch);
  const chosen = all.filter((box) => box.checked);
  bar.hidden = chosen.length === 0;
  const count = bar.querySelector("[data-batch-count]");
  if (count.textContent !== String(chosen.length)) bar.querySelector("[data-batch-reason]").textContent = "";
  count.textContent = String(chosen.length);
  for (const box of all) box.closest("tr")?.classList.toggle("q-selected", box.checked);
  const table = all[0]?.closest("table");
  const every = table?.querySelector("[data-select-all]");
  if (every) {
    every.checked = all.length > 0 && chosen.length === all.length;
    every.indeterminate = chosen.length > 0 && chosen.length < all.length;
  }
}

const refreshAll = () => document.querySelectorAll("[data-batch]").forEach(refresh);

let last = null;

function selectRange(box, shift) {
  const all = boxes(box.form?.id);
  if (shift && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const one of all.slice(from, to + 1)) one.checked = box.checked;
  }
  last = box;
}

function onClick(event) {
  const target = event.target;
  if (target.matches("[data-select-row]")) {
    selectRange(target, event.shiftKey);
    refreshAll();
  } else if (target.matches("[data-select-all]")) {
    for (const box of target.closest("table").querySelectorAll("[data-select-row]")) box.checked = target.checked;
    refreshAll();
  } else if (target.closest("[data-select-none]")) {
    for (const box of boxes(target.closest("[data-batch]").dataset.batch)) box.checked = false;
    refreshAll();
  } else if (target.closest("[data-reason]")) {
    const button = target.closest("[data-reason]");
    event.preventDefault();
    const line = button.closest("[data-batch]")?.querySelector("[data-batch-reason]");
    if (line) line.textContent = button.dataset.reason;
  }
}

// Dates, identity numbers and phones stay on one line.
const UNBROKEN = /^[\d*][\d*:. -]{5,20}[\dX]?$/;

function label(table) {
  const headings = [...table.querySelectorAll("thead tr:last-child > *")].map((cell) => cell.textContent.trim());
  for (const row of table.querySelectorAll("tbody tr"))
    [...row.children].forEach((cell, place) => {
      cell.dataset.label ??= headings[place] ?? "";
      const text = cell.textContent.trim();
      if (!text && !cell.children.length) cell.classList.add("q-empty-cell");
      if (UNBROKEN.test(text)) cell.classList.add("q-nowrap");
    });
}

function fit(table) {
  const box = table.closest(".q-table-box");
  box?.classList.remove("q-fits");
  box?.classList.toggle("q-fits", box.scrollWidth <= box.clientWidth);
}

export function setUp() {
  document.addEventListener("click", onClick);
  window.addEventListener("pageshow", refreshAll);
  window.addEventListener("resize", () => document.querySelectorAll(".q-table").forEach(fit));
  whenShown((root) => {
    const table = root.closest?.(".q-table");
    for (const one of table ? [table] : within(root, ".q-table")) {
      label(one);
      fit(one);
    }
    refreshAll();
  });
}
