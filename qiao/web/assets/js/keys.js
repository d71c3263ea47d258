/** Keys: / finds, Ctrl+S saves, Enter goes to the next cell of [data-grid], j and k walk the rows. */

const typing = (target) => target.closest("input, textarea, select, [contenteditable], dialog[open]");

function focusSearch() {
  const field = [...document.querySelectorAll("#search, [data-search]")].find((one) => one.offsetParent);
  field?.focus();
  field?.select();
  return Boolean(field);
}

function save(target) {
  const form = target.closest("form[data-edit]") ?? document.querySelector("main form[data-edit]");
  form?.requestSubmit(form.querySelector('.q-form-actions [type="submit"], [type="submit"]'));
  return Boolean(form);
}

function nextCell(target) {
  const grid = target.closest("[data-grid]");
  if (!grid || target.matches("textarea, button, a")) return false;
  const cells = [...grid.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(
    (cell) => !cell.disabled && !cell.readOnly && cell.offsetParent,
  );
  const next = cells[cells.indexOf(target) + 1];
  next?.focus();
  if (next?.select) next.select();
  return true;
}

function walk(step) {
  const rows = [...document.querySelectorAll("main .q-table tbody tr")].filter((row) => row.querySelector("a"));
  if (!rows.length) return false;
  const place = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[Math.min(Math.max(place + step, 0), rows.length - 1)];
  row.querySelector(".q-title a, a").focus();
  return true;
}

function handled(event) {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key.toLowerCase() === "s") return save(target);
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (key === "Enter") return nextCell(target);
  if (typing(target) || document.body.dataset.keys === "off") return false;
  if (key === "/" || (event.code === "Slash" && !event.shiftKey)) return focusSearch();
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  return false;
}

export function setUp() {
  document.addEventListener("keydown", (event) => {
    if (!event.isComposing && event.target instanceof Element && handled(event)) event.preventDefault();
  });
}
