/** Messages in the corner: they go by themselves after [data-seconds], not while pointed at or focused. */
import { whenShown, within, word } from "./page.js";

export function say(text, level = "info") {
  const toast = document.createElement("div");
  toast.className = `q-toast q-toast-${level}`;
  toast.setAttribute("role", level === "error" ? "alert" : "status");
  const line = document.createElement("p");
  line.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.dismissToast = "";
  close.textContent = word("close");
  toast.append(line, close);
  if (level !== "error") toast.dataset.seconds = "6";
  document.getElementById("toasts").append(toast);
  expire(toast);
}

function expire(toast) {
  const seconds = Number(toast.dataset.seconds);
  if (!seconds) return;
  let left = 0;
  const start = () => (left = setTimeout(() => toast.remove(), seconds * 1000));
  const stop = () => clearTimeout(left);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

export function setUp() {
  whenShown((root) => within(root, ".q-toast").forEach(expire));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dismiss-toast]")) event.target.closest(".q-toast").remove();
  });
}
