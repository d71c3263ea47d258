/** The search field's answers as one types: arrows choose, Enter opens, Escape closes. */

export function setUp() {
  const field = document.getElementById("search");
  const list = document.getElementById("suggestions");
  if (!field || !list) return;

  const options = () => [...list.querySelectorAll('[role="option"]')];
  const fresh = () => list.querySelector("[data-query]")?.dataset.query === field.value.trim();

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open && options().length > 0));
  }

  list.addEventListener("htmx:afterSwap", () => {
    show(document.activeElement === field);
    choose(options()[0]);
  });
  field.addEventListener("focus", () => show(list.childElementCount > 0 && field.value.trim() !== ""));
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".q-bar-search")) show(false);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const all = options();
    const place = all.findIndex((one) => one.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") show(false);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (all.length) choose(all[(place + step + all.length) % all.length]);
      event.preventDefault();
    } else if (event.key === "Enter" && place >= 0 && !list.hidden && fresh()) {
      event.preventDefault();
      all[place].click();
    }
  });
}
