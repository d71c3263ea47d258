/** What is said when an htmx request fails. */
import { word } from "./page.js";
import { say } from "./toasts.js";

export function setUp() {
  document.body.addEventListener("htmx:sendError", () => say(word("offline"), "error"));
  document.body.addEventListener("htmx:responseError", (event) =>
    say(word(event.detail.xhr.status === 403 ? "forbidden" : "failed"), "error"),
  );
}
