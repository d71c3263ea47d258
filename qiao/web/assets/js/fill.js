/** A tap on a suggested word puts it into its field. */

export function setUp() {
  document.addEventListener("click", (event) => {
    const chip = event.target.closest?.("[data-fill]");
    const field = chip && document.getElementById(chip.dataset.fill);
    if (!field) return;
    field.value = chip.textContent.trim();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const form = field.closest("form[data-edit]");
    if (form) form.dataset.changed = "yes";
  });
}
