// Documents made from the desk: which, how far, and each to be kept as a file.

import { order } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { say, sayFault } from "./words.js";

export class Making {
  constructor(desk) {
    this.desk = desk;
    this.bar = null;
  }

  async open() {
    if (!(await this.desk.mayLeave())) return;
    const { tree, town } = this.desk;
    const select = el("select", { id: "make-what" }, el("option", { value: "" }, say("make-all")), ...tree.cases.map((one) => el("optgroup", { label: one.title }, el("option", { value: one.id }, say("make-case")), ...one.documents.map((document) => el("option", { value: `${one.id}/${document.id}` }, document.title || document.id)))));
    this.bar = el("progress", { "aria-label": say("make"), value: 0, max: 1 });
    this.count = el("span", { role: "status" });
    const result = el("div", { class: "made" });
    const go = el("button", { type: "button", class: "primary" }, say("make"));
    const box = dialog(
      say("make"),
      el("label", { htmlFor: "make-what" }, say("make-what")),
      select,
      el("p", { class: "row" }, go, el("button", { type: "button", onclick: () => box.close() }, say("close"))),
      el("p", { class: "row" }, this.bar, this.count),
      result,
    );
    go.addEventListener("click", async () => {
      go.disabled = true;
      result.replaceChildren();
      this.bar.removeAttribute("value");
      try {
        const done = await order("/api/make", { town, case: select.value.split("/")[0] || null, document: select.value.split("/")[1] ?? null });
        this.bar.max = 1;
        this.bar.value = 1;
        this.count.textContent = say("made-n", done.made, done.kept);
        result.replaceChildren(
          done.blocked.length > 0 ? el("p", { class: "finding error" }, say("blocked", done.blocked.join("、"))) : "",
          el("ul", {}, ...done.files.map((file) => el("li", {}, el("a", { href: `/api/made?${new URLSearchParams({ path: file.path })}`, download: "" }, file.title), " ", el("span", { class: "badge plain" }, file.format.toUpperCase()), file.pages ? ` ${file.pages}p.` : ""))),
        );
      } catch (fault) {
        this.bar.value = 0;
        notify(sayFault(fault), "wrong");
        box.close();
      }
      go.disabled = false;
    });
  }

  /** How far it is. */
  tell({ done, total }) {
    if (!this.bar || total === 0) return;
    this.bar.max = total;
    this.bar.value = done;
    this.count.textContent = say("making", done, total);
  }
}
