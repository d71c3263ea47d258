/** What the scripts share. Each works on whatever is on the page, also on what htmx brings later. */

export const word = (name) => document.getElementById("words")?.dataset[name] ?? "";

/** Calls `look(root)` for the page and for each piece that htmx puts into it. */
export function whenShown(look) {
  look(document.body);
  document.body.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) look(event.target);
  });
}

/** All matches in `root`, itself included. */
export function within(root, selector) {
  const inside = [...root.querySelectorAll(selector)];
  return root.matches?.(selector) ? [root, ...inside] : inside;
}

export function remember(name, value) {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
