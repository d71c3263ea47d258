/** The rail folds to icons and stays so, by cookie. */
import { remember } from "./page.js";

export function setUp() {
  for (const button of document.querySelectorAll("[data-toggle-rail]"))
    button.addEventListener("click", () => {
      const narrow = document.body.classList.toggle("q-narrow");
      button.setAttribute("aria-expanded", String(!narrow));
      remember("rail", narrow ? "narrow" : "wide");
    });
}
