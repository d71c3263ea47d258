/** [data-confirm]: asks in a dialog before the form is sent. Also answers htmx's hx-confirm. */

export function ask(question, { button = "", danger = false } = {}) {
  const dialog = document.getElementById("confirm");
  const yes = dialog.querySelector("[data-confirm-yes]");
  yes.dataset.word ??= yes.textContent;
  dialog.querySelector("#confirm-text").textContent = question;
  yes.textContent = button || yes.dataset.word;
  yes.classList.toggle("btn-danger", danger);
  yes.classList.toggle("btn-primary", !danger);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) =>
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true }),
  );
}

async function onSubmit(event) {
  const asker = event.submitter?.dataset.confirm ? event.submitter : event.target;
  if (!asker.dataset?.confirm || asker.dataset.confirmed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const { confirm, confirmButton, confirmDanger } = asker.dataset;
  if (!(await ask(confirm, { button: confirmButton, danger: confirmDanger !== undefined }))) return;
  asker.dataset.confirmed = "yes";
  event.target.requestSubmit(event.submitter);
  delete asker.dataset.confirmed;
}

export function setUp() {
  document.addEventListener("submit", onSubmit, true);
  document.body.addEventListener("htmx:confirm", async (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    const { confirmButton, confirmDanger } = event.detail.elt.dataset;
    if (await ask(event.detail.question, { button: confirmButton, danger: confirmDanger !== undefined }))
      event.detail.issueRequest(true);
  });
}
