// The changes of each case: which rows carry them, on which pages, and what differs from the edition without a mark.

import { order } from "./ask.js";
import { declare } from "./declare.js";
import { el, notify } from "./dom.js";
import { changedWords } from "./marks.js";
import { cite, say, sayFault } from "./words.js";

/** The changes of a municipality, by change or by page. */
export class Changes {
  constructor(panel, desk) {
    this.panel = panel;
    this.desk = desk;
    this.how = "by-change";
    /** The rows by page, and the form and the state that they are of. */
    this.rows = null;
    /** What was looked for without a mark, by case: it stays while the panel is drawn anew. */
    this.markings = new Map();
    this.asked = 0;
  }

  /** Nothing that was asked for holds any more. */
  forget() {
    this.rows = null;
    this.markings.clear();
  }

  marking(one) {
    if (!this.markings.has(one.id)) this.markings.set(one.id, marking(this.desk, one));
    return this.markings.get(one.id);
  }

  draw() {
    if (this.panel.hidden) return;
    const { desk } = this;
    const scrolled = this.panel.scrollTop;
    const choices = ["by-change", "by-page"].map((how) => {
      const input = el("input", { type: "radio", name: "changes-how", checked: how === this.how });
      input.addEventListener("change", () => {
        this.how = how;
        this.draw();
      });
      return el("label", { class: "option" }, input, el("span", {}, say(how)));
    });
    const step = (key, by) => el("button", { type: "button", onclick: () => desk.nextChange(by) }, say(key));
    const head = el("div", { class: "changes-head" }, el("fieldset", { class: "views" }, el("legend", { class: "visually-hidden" }, say("changes")), ...choices), el("div", { class: "row" }, step("change-before", -1), step("change-after", 1)));
    this.panel.replaceChildren(head, ...(this.how === "by-page" ? this.byPage() : this.byChange()));
    this.panel.scrollTop = scrolled;
  }

  byChange() {
    const { desk } = this;
    const isAssessment = (one) => one.forms.some((form) => form.kind === "assessment");
    const parts = desk.tree.cases
      .filter((one) => one.changes.length > 0 || (isAssessment(one) && !desk.readOnly))
      .map((one) => {
        const of = desk.items.filter((item) => item.case === one.id);
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
        return el("section", { class: "case" }, el("h2", {}, one.title), ...lists, one.changes.length > 0 ? "" : el("p", { class: "hint" }, say("no-changes")), desk.readOnly || !isAssessment(one) ? "" : el("p", { class: "row" }, el("button", { type: "button", onclick: () => declare(desk, one) }, say("declare"))), desk.readOnly || !one.edition || one.changes.length === 0 ? "" : this.marking(one));
      });
    return parts.length > 0 ? parts : [el("p", { class: "empty" }, say("no-changes"))];
  }

  /** The rows of the form that is looked at, as the list of changes prints them. */
  byPage() {
    const { desk } = this;
    const { place } = desk;
    if (!place) return [el("p", { class: "empty" }, say("no-changes"))];
    const key = `${desk.town}/${place.case}/${place.form}`;
    if (this.rows?.key !== key) {
      this.read(key);
      return [el("p", { class: "hint", role: "status" }, say("setting"))];
    }
    const { rows } = this.rows;
    if (rows.length === 0) return [el("p", { class: "empty" }, say("no-rows"))];
    const draw = (one) => {
      const words = [el("span", { class: "pages-of" }, cite(one.pages) || say("no-page")), el("span", { class: "name" }, one.words)];
      const body = [
        el("span", { class: "row-head" }, ...words),
        ...one.marks.map((mark) => el("span", { class: "changed-words" }, ...changedWords(mark))),
        el("span", { class: "hint" }, one.reasons.join("、") || say("no-change-id"), one.important ? `　${say("important")}` : ""),
      ];
      return el("li", {}, el("button", { type: "button", class: "changed-row", onclick: () => desk.openChanged(one.row) }, ...body));
    };
    return [el("p", { class: "hint" }, say("rows-note", rows.length)), el("ul", { class: "changed-rows" }, ...rows.map(draw))];
  }

  async read(key) {
    this.asked += 1;
    const ticket = this.asked;
    const { desk } = this;
    try {
      const { rows } = await order("/api/changes", { town: desk.town, case: desk.place.case, form: desk.place.form, view: "clean" });
      if (ticket !== this.asked) return;
      this.rows = { key, rows };
      this.draw();
    } catch (fault) {
      if (fault.fault !== "superseded") notify(sayFault(fault), "wrong");
    }
  }
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
