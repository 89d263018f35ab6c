// A case moved to another version of its form: what stays, is renamed, is new or is kept aside is shown first.

import { order } from "./ask.js";
import { Fields, sayWrong } from "./begin.js";
import { el, notify } from "./dom.js";
import { listed } from "./form.js";
import { say } from "./words.js";

export class Move {
  /** `one` is the case, `known` the forms that there are. */
  constructor(desk, { one, known, close }) {
    this.desk = desk;
    this.one = one;
    this.close = close;
    this.fields = new Fields("move");
    const movable = one.forms.filter((form) => form.prefix === "" || form.prefix.startsWith("beside/"));
    const title = (form) => [form.title, form.tag ? `［${form.tag}］` : ""].join("");
    const which = el("select", {}, ...movable.map((form) => el("option", { value: form.prefix.split("/")[1] ?? "" }, title(form))));
    const to = el("select", {});
    const fill = () => {
      const now = movable[which.selectedIndex]?.form;
      const others = known.forms.filter((form) => !form.of && form.id !== now);
      to.replaceChildren(...others.map((form) => el("option", { value: form.id }, form.title)));
      // The other versions of the same form before all else.
      const family = (id) => id?.split("-")[0];
      to.value = (others.findLast((form) => family(form.id) === family(now)) ?? others[0])?.id ?? "";
    };
    which.addEventListener("change", fill);
    fill();
    this.result = el("div", { class: "made" });
    this.form = el(
      "form",
      { noValidate: true },
      el("p", { class: "hint" }, say("finish-note-move")),
      this.fields.add("beside", say("move-which"), which),
      this.fields.add("to", say("move-to"), to),
      this.fields.line("on", say("changed-on"), null, { placeholder: "令和8年4月1日" }),
      el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say("finish-look")), el("button", { type: "button", onclick: close }, say("close"))),
      this.result,
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.look();
    });
    // What was shown holds for what was asked alone.
    this.form.addEventListener("input", () => this.result.replaceChildren());
  }

  asked(then) {
    return { case: this.one.id, ...this.fields.values(), then };
  }

  wrong(fault) {
    this.result.replaceChildren();
    if (this.fields.tell(fault)) return;
    this.result.replaceChildren(el("p", { class: "finding error", role: "alert" }, sayWrong(fault)));
  }

  async look() {
    this.fields.clear();
    this.result.replaceChildren(el("p", { role: "status" }, "…"));
    try {
      const told = await order("/api/move", this.asked("show"));
      this.result.replaceChildren(
        el("p", {}, say("move-kept", told.kept)),
        listed(say("move-renamed"), told.renamed.map((one) => `${one.was} → ${one.is}　${one.path}`)),
        listed(say("move-new"), told.new),
        listed(say("move-archived"), told.archived.map((one) => `${one.id} → ${one.path}`)),
        listed(say("files-written"), told.files.filter((file) => !file.gone).map((file) => file.path)),
        listed(say("files-gone"), told.files.filter((file) => file.gone).map((file) => file.path)),
        el("p", { class: "hint" }, say("move-change", told.change)),
        this.desk.readOnly ? "" : el("p", { class: "row" }, el("button", { type: "button", class: "primary", onclick: () => this.write() }, say("finish-move"))),
      );
    } catch (fault) {
      this.wrong(fault);
    }
  }

  async write() {
    try {
      const done = await order("/api/move", this.asked("write"));
      this.close();
      notify(say("moved"));
      await this.desk.wrote(done);
    } catch (fault) {
      this.wrong(fault);
    }
  }
}
