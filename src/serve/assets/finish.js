// The end of a round of work: changes accepted, a first edition frozen, papers recorded as issued, a case moved to another form. Shown
// first, then written.

import { ask, order } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { Move } from "./move.js";
import { say, sayFault } from "./words.js";

const KINDS = ["accept", "freeze", "issue"];

export class Finishing {
  constructor(desk) {
    this.desk = desk;
  }

  async open() {
    if (!(await this.desk.mayLeave())) return;
    const { tree } = this.desk;
    const cases = tree.cases.filter((one) => one.forms.some((form) => form.kind === "assessment"));
    if (cases.length === 0) {
      notify(say("no-case"), "wrong");
      return;
    }
    try {
      this.known = await ask("/api/begin");
    } catch (fault) {
      notify(sayFault(fault), "wrong");
      return;
    }
    const select = el("select", { id: "finish-case" }, ...cases.map((one) => el("option", { value: one.id }, one.title)));
    select.value = cases.some((one) => one.id === this.desk.place?.case) ? this.desk.place.case : cases[0].id;
    this.body = el("div", {});
    select.addEventListener("change", () => this.show(this.kindsOf(select.value)[0], select.value));
    this.box = dialog(say("finish"), el("label", { htmlFor: "finish-case" }, say("finish-case")), select, this.body);
    this.show(this.kindsOf(select.value)[0], select.value);
  }

  /** What can be done with a case: without an edition only the first one is frozen. */
  kindsOf(id) {
    const one = this.desk.caseOf(id);
    const move = this.known.bases.some((base) => base.case === id) ? ["move"] : [];
    if (!one.edition) return ["freeze", ...move];
    return [...KINDS.filter((kind) => kind !== "freeze" && (kind !== "accept" || one.changes.length > 0)), ...move];
  }

  show(kind, id) {
    const one = this.desk.caseOf(id);
    const choices = this.kindsOf(id).map((other) => {
      const input = el("input", { type: "radio", name: "finish-kind", checked: other === kind });
      input.addEventListener("change", () => {
        this.show(other, id);
        this.body.querySelector("input[name=finish-kind]:checked").focus();
      });
      return el("label", { class: "option" }, input, el("span", {}, say(`finish-${other}`)));
    });
    const what = el("fieldset", { class: "options" }, el("legend", {}, say("finish-what")), ...choices);
    if (kind === "move") {
      this.body.replaceChildren(what, new Move(this.desk, { one, known: this.known, close: () => this.box.close() }).form);
      return;
    }
    const field = (key, properties = {}) => {
      const input = el("input", { type: "text", id: `finish-${key}`, autocomplete: "off", required: true, ...properties });
      return [input, el("label", { htmlFor: `finish-${key}` }, say(`finish-${key}-${kind}`)), input];
    };
    const [title, ...titleField] = field("title");
    const [name, ...nameField] = field("id", { pattern: "[a-z0-9\\-]+", placeholder: kind === "issue" ? "soan-1" : "r8-published" });
    const [date, ...dateField] = field("date", { placeholder: "2026-04-01", pattern: "\\d{4}-\\d{2}-\\d{2}" });
    const ticks = kind !== "accept" ? [] : one.changes.map((change) => ({ change, input: el("input", { type: "checkbox", checked: true }) }));
    const result = el("div", { class: "made" });
    const form = el(
      "form",
      {},
      what,
      el("p", { class: "hint" }, say(`finish-note-${kind}`)),
      ...(ticks.length > 0 ? [el("fieldset", { class: "options" }, el("legend", {}, say("finish-changes")), ...ticks.map(({ change, input }) => el("label", { class: "option" }, input, el("span", {}, change.reason))))] : []),
      ...titleField, ...nameField, ...(kind === "issue" ? dateField : []),
      el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say("finish-look")), el("button", { type: "button", onclick: () => this.box.close() }, say("close"))),
      result,
    );
    const asked = () => ({
      town: this.desk.town, case: id, finish: kind, id: name.value.trim(), title: title.value,
      ...(kind === "accept" ? { changes: ticks.filter(({ input }) => input.checked).map(({ change }) => change.id) } : {}),
      ...(kind === "issue" ? { date: date.value.trim() } : {}),
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (kind === "accept" && !ticks.some(({ input }) => input.checked)) {
        result.replaceChildren(el("p", { class: "finding error", role: "alert" }, say("finish-no-change")));
        return;
      }
      this.look(asked(), result);
    });
    // What was shown holds for what was asked alone.
    form.addEventListener("input", () => result.replaceChildren());
    this.body.replaceChildren(form);
  }

  async look(asked, result) {
    result.replaceChildren(el("p", { role: "status" }, "…"));
    try {
      const told = await order("/api/finish", { ...asked, then: "show" });
      const reason = (id) => this.desk.caseOf(asked.case).changes.find((change) => change.id === id)?.reason ?? id;
      const list = (title, words) => (words.length === 0 ? "" : el("section", {}, el("h3", {}, title), el("ul", { class: "plain-list" }, ...words.map((word) => el("li", {}, word)))));
      const of = (how) => told.files.filter((file) => file.how === how).map((file) => el("code", {}, file.path));
      result.replaceChildren(
        told.refused ? el("p", { class: "finding error", role: "alert" }, say("finish-refused")) : "",
        ...told.said.map((found) => foundIn(found, null)),
        ...(told.refused
          ? []
          : [
              list(say("finish-accepted"), (told.told.changes ?? []).map(reason)),
              list(say("finish-shared"), (told.told.shared ?? []).map(reason)),
              list(say("finish-documents"), told.told.documents ?? []),
              list(say("files-changed"), of("changed")), list(say("files-gone"), of("gone")), list(say("files-new"), of("new")),
              el("p", {}, told.told.items ? say("finish-frozen", told.told.items, told.frozen) : say("finish-recorded", told.frozen)),
              this.desk.readOnly ? "" : el("button", { type: "button", class: "primary", onclick: () => this.write(asked) }, say(`finish-${asked.finish}`)),
            ]),
      );
    } catch (fault) {
      result.replaceChildren(el("p", { class: "finding error", role: "alert" }, sayFault(fault)));
    }
  }

  async write(asked) {
    try {
      const done = await order("/api/finish", { ...asked, then: "write" });
      this.box.close();
      notify(say(`finish-done-${asked.finish}`, asked.title));
      await this.desk.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  }
}
