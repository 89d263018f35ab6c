// What is wrong, each with its cure.

import { el } from "./dom.js";
import { say } from "./words.js";

/** One mistake; `open` leads to its item where it has one. */
export function foundIn(found, open) {
  const place = found.path ? `${found.path}${found.start ? `:${found.start.line}` : ""}` : "";
  return el(
    "article",
    { class: `finding ${found.level}` },
    el("p", { class: "message" }, el("span", { class: `badge ${found.level}` }, say(found.level)), " ", found.message),
    found.help ? el("p", { class: "help" }, `${say("cure")}：${found.help}`) : "",
    found.example ? el("details", {}, el("summary", {}, say("example")), el("pre", {}, found.example)) : "",
    el("p", { class: "foot" }, el("code", {}, found.code), place ? el("span", { class: "file" }, place) : "", open ? el("button", { type: "button", class: "link", onclick: open }, say("go-to")) : ""),
  );
}

/** Draws the list of a municipality: errors first. */
export function drawFindings(panel, { findings, open }) {
  const scrolled = panel.scrollTop;
  if (findings.list.length === 0) {
    panel.replaceChildren(el("p", { class: "empty" }, say("all-well")));
    return;
  }
  const order = ["error", "warning", "note"];
  const sorted = order.flatMap((level) => findings.list.filter((found) => found.level === level));
  panel.replaceChildren(
    ...sorted.map((found) => {
      const [of, form, path] = found.item ?? [];
      return foundIn(found, found.item ? () => open({ case: of, form, path }) : null);
    }),
  );
  panel.scrollTop = scrolled;
}
