/** Forms: no second submit, a warning before unsaved work is left, filters that submit as they change. */
import { whenShown, within, word } from "./page.js";

// A page that stays after a submit (a download) may be used again after this time.
const LOCKED_MS = { edit: 15000, other: 4000 };

function lock(form, submitter) {
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
  submitter?.setAttribute("aria-disabled", "true");
  if (submitter && form.dataset.edit !== undefined) {
    submitter.dataset.word = submitter.textContent;
    submitter.textContent = word("saving") || submitter.textContent;
  }
  setTimeout(() => unlock(form), form.dataset.edit === undefined ? LOCKED_MS.other : LOCKED_MS.edit);
}

export function unlock(form) {
  delete form.dataset.sent;
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-word]")) {
    button.textContent = button.dataset.word;
    delete button.dataset.word;
  }
  for (const button of form.querySelectorAll('[type="submit"][aria-disabled]:not([data-reason])'))
    button.removeAttribute("aria-disabled");
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.dataset.download !== undefined) return;
  if (event.submitter?.getAttribute("aria-disabled") === "true" || form.dataset.sent) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  delete form.dataset.changed;
  lock(form, event.submitter);
}

const changedForms = () => document.querySelectorAll("form[data-edit][data-changed]");

export function setUp() {
  document.addEventListener("submit", onSubmit, true);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-edit]");
    if (form && event.isTrusted) form.dataset.changed = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (!changedForms().length) return;
    event.preventDefault();
    event.returnValue = "";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(unlock));
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) unlock(form);
  });
  document.addEventListener("change", (event) => {
    const form = event.target.closest?.("form[data-autosubmit]");
    if (form && !event.target.closest("[data-no-autosubmit]")) form.requestSubmit();
  });
  whenShown((root) => {
    for (const button of within(root, "[data-without-script]")) button.hidden = true;
    within(root, "[data-errors]")[0]?.focus();
  });
}
