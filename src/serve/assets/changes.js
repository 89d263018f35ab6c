// The changes of each case: which rows carry them, on which pages, and what differs from the edition without a mark.

import { order } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { cite, say, sayFault } from "./words.js";

/** Draws the changes of a municipality. */
export function drawChanges(panel, { desk, items }) {
  const isAssessment = (one) => one.forms.some((form) => form.kind === "assessment");
  const parts = desk.tree.cases
    .filter((one) => one.changes.length > 0 || (isAssessment(one) && !desk.readOnly))
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
      return el("section", { class: "case" }, el("h2", {}, one.title), ...lists, one.changes.length > 0 ? "" : el("p", { class: "hint" }, say("no-changes")), desk.readOnly || !isAssessment(one) ? "" : el("p", { class: "row" }, el("button", { type: "button", onclick: () => declare(desk, one) }, say("declare"))), desk.readOnly || !one.edition || one.changes.length === 0 ? "" : marking(desk, one));
    });
  panel.replaceChildren(...(parts.length > 0 ? parts : [el("p", { class: "empty" }, say("no-changes"))]));
}

/** Asks for a new change and declares it. */
async function declare(desk, one) {
  if (!(await desk.mayLeave())) return;
  const field = (key, properties = {}) => {
    const input = el("input", { type: "text", id: `declare-${key}`, autocomplete: "off", ...properties });
    return [input, el("label", { htmlFor: `declare-${key}` }, say(key)), input];
  };
  const [reason, ...reasonField] = field("reason", { required: true });
  const [id, ...idField] = field("change-id", { required: true, pattern: "[a-z0-9\\-]+", placeholder: "new-system" });
  const [on, ...onField] = field("changed-on", { placeholder: "令和8年4月1日" });
  const [note, ...noteField] = field("timing-note");
  const timing = el("select", { id: "declare-timing" }, ...["", "事前", "事後"].map((word) => el("option", { value: word }, word || say("timing-none"))));
  const owner = el("select", { id: "declare-owner" }, ...["shared", "own"].map((word) => el("option", { value: word }, say(word))));
  const wrong = el("p", { class: "finding error", role: "alert", hidden: true });
  const form = el(
    "form",
    {},
    ...reasonField, ...idField, ...onField,
    el("label", { htmlFor: "declare-timing" }, say("timing")), timing,
    ...noteField,
    el("label", { htmlFor: "declare-owner" }, say("whose-change")), owner,
    wrong,
    el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say("declare")), el("button", { type: "button", onclick: () => box.close() }, say("cancel"))),
  );
  const box = dialog(say("declare"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const done = await order("/api/change", { town: desk.town, case: one.id, owner: owner.value, id: id.value, reason: reason.value, on: on.value, timing: timing.value || null, note: note.value });
      box.close();
      desk.change[one.id] = id.value;
      notify(say("declared"));
      await desk.wrote(done);
    } catch (fault) {
      wrong.textContent = sayFault(fault);
      wrong.hidden = false;
    }
  });
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
