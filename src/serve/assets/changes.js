// The changes of each case: which rows carry them, on which pages, and what differs from the edition without a mark.

import { order } from "./ask.js";
import { el, notify } from "./dom.js";
import { cite, say, sayFault } from "./words.js";

/** Draws the changes of a municipality. */
export function drawChanges(panel, { desk, items }) {
  const parts = desk.tree.cases
    .filter((one) => one.changes.length > 0)
    .map((one) => {
      const of = items.filter((item) => item.case === one.id);
      const lists = [...one.changes, ...(of.some((item) => item.changes.includes("")) ? [{ id: "", reason: say("no-change-id") }] : [])].map((change) => {
        const rows = of.filter((item) => item.changes.includes(change.id));
        return el(
          "details",
          { open: true, class: "change" },
          el("summary", {}, el("span", { class: "name" }, change.reason), el("span", { class: "badge plain" }, say("matches", rows.length))),
          change.id ? el("p", { class: "hint" }, el("code", {}, change.id), ` ${change.on ?? ""} ${change.timing ?? ""}`) : "",
          el(
            "ul",
            {},
            ...rows.map((item) =>
              el("li", {}, el("button", { type: "button", class: "leaf", onclick: () => desk.open(item) }, el("span", { class: "name" }, [item.bar, item.label].filter(Boolean).join(" ")), el("span", { class: "page" }, cite(desk.printedPages(item))))),
            ),
          ),
        );
      });
      return el("section", { class: "case" }, el("h2", {}, one.title), ...lists, desk.readOnly ? "" : marking(desk, one));
    });
  panel.replaceChildren(...(parts.length > 0 ? parts : [el("p", { class: "empty" }, say("no-changes"))]));
}

/** Finds what is not marked, shows it, and marks it when told to. */
function marking(desk, one) {
  const select = el("select", { "aria-label": say("change") }, ...one.changes.map((change) => el("option", { value: change.id }, change.reason)));
  const result = el("div", { class: "mark-result" });
  const list = (title, places) =>
    places.length === 0
      ? ""
      : el("section", {}, el("h4", {}, title), ...places.map((place) => el("article", { class: "difference" }, el("p", { class: "file" }, place.place), el("p", {}, el("span", { class: "badge plain" }, say("old")), " ", el("del", {}, place.old)), el("p", {}, el("span", { class: "badge plain" }, say("new")), " ", el("ins", {}, place.new)))));
  const run = async (then) => {
    if (!(await desk.mayLeave())) return;
    result.replaceChildren(el("p", {}, "…"));
    try {
      const done = await order("/api/mark", { town: desk.town, case: one.id, change: select.value, then });
      if (then === "write") {
        notify(say("marked"));
        await desk.wrote(done);
        return;
      }
      const none = done.marked.length + done.by_hand.length === 0;
      result.replaceChildren(
        none ? el("p", {}, say("nothing-to-mark")) : "",
        list(say("to-mark", done.marked.length), done.marked),
        list(say("by-hand", done.by_hand.length), done.by_hand),
        done.marked.length > 0 ? el("button", { type: "button", class: "primary", onclick: () => run("write") }, say("mark-all")) : "",
      );
    } catch (fault) {
      result.replaceChildren();
      notify(sayFault(fault), "wrong");
    }
  };
  return el("section", { class: "marking" }, el("h3", {}, say("unmarked")), el("p", { class: "hint" }, say("mark-note")), el("div", { class: "row" }, select, el("button", { type: "button", onclick: () => run("show") }, say("look"))), result);
}
