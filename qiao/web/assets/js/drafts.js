/** Keeps what is typed into form[data-edit] until it is saved: also when the session ends meanwhile.

A draft is {field: values} of the fields that were changed, under "draft:<user>:<data-edit>" in this
tab's sessionStorage. Passwords, files and hidden fields are not kept. */
import { whenShown, within, word } from "./page.js";

const PENDING = "draft-sent";
const prefix = () => `draft:${document.body.dataset.user}:`;
const keyOf = (form) => prefix() + form.dataset.edit;
const kept = (field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type);

function values(form) {
  const found = {};
  for (const field of form.elements) {
    if (!kept(field)) continue;
    found[field.name] ??= [];
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) found[field.name].push(field.value);
    } else if (field.multiple) {
      found[field.name].push(...[...field.selectedOptions].map((option) => option.value));
    } else {
      found[field.name].push(field.value);
    }
  }
  return found;
}

function fill(form, draft) {
  for (const [name, wanted] of Object.entries(draft)) {
    const fields = [...form.elements].filter((field) => field.name === name && kept(field));
    fields.forEach((field, place) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = wanted.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = wanted.includes(option.value);
      else if (wanted[place] !== undefined) field.value = wanted[place];
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}

function notice(form, before) {
  const line = document.createElement("div");
  line.className = "q-draft";
  line.setAttribute("role", "status");
  line.append(word("restored"));
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "btn btn-sm";
  discard.textContent = word("discard");
  discard.addEventListener("click", () => {
    fill(form, before);
    sessionStorage.removeItem(keyOf(form));
    delete form.dataset.changed;
    line.remove();
  });
  line.append(discard);
  form.prepend(line);
}

function follow(form) {
  const before = values(form);
  const refused = form.querySelector("[data-errors]") !== null;
  const draft = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? "null");
  if (draft && !refused) {
    fill(form, draft);
    form.dataset.changed = "yes";
    notice(form, before);
  }
  let waiting = 0;
  const write = () => {
    const now = Object.entries(values(form)).filter(
      ([name, value]) => refused || JSON.stringify(value) !== JSON.stringify(before[name]),
    );
    if (now.length) sessionStorage.setItem(keyOf(form), JSON.stringify(Object.fromEntries(now)));
    else sessionStorage.removeItem(keyOf(form));
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    write();
    sessionStorage.setItem(PENDING, keyOf(form));
  });
}

function forget(which) {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("draft") && which(key)) sessionStorage.removeItem(key);
}

/** A page after a submit: the sign-in and error pages keep the draft, the form with errors too; else it was saved. */
function settle() {
  const sent = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  const away = document.body.dataset.keepDrafts !== undefined;
  if (away) for (const line of document.querySelectorAll("[data-if-draft]")) line.hidden = !sent;
  if (!sent || away) return;
  const refused = [...document.querySelectorAll("form[data-edit]")].some(
    (form) => keyOf(form) === sent && form.querySelector("[data-errors]"),
  );
  if (!refused) sessionStorage.removeItem(sent);
}

export function setUp() {
  settle();
  if (document.body.dataset.user) forget((key) => key.startsWith("draft:") && !key.startsWith(prefix()));
  whenShown((root) => within(root, "form[data-edit]").forEach(follow));
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.forgetDrafts !== undefined) forget(() => true);
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest?.("form[data-edit]");
    const { xhr, successful } = event.detail;
    if (!form || !successful || xhr.getResponseHeader("HX-Redirect")) return;
    sessionStorage.removeItem(PENDING);
    if (!xhr.responseText.includes("data-errors")) sessionStorage.removeItem(keyOf(form));
  });
}
