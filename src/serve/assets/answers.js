// Returned checklists, workbooks of opinions and of a form: chosen or dropped, told, taken over.

import { send } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { showForm } from "./form.js";
import { showOpinions } from "./opinions.js";
import { say, sayFault } from "./words.js";

export class Answers {
  constructor(desk) {
    this.desk = desk;
    document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    document.addEventListener("drop", (event) => {
      const file = event.dataTransfer?.files[0];
      if (!file) return;
      event.preventDefault();
      this.open(file);
    });
  }

  async open(file) {
    if (this.desk.readOnly || !(await this.desk.mayLeave())) return;
    const input = el("input", { type: "file", id: "answers-file", accept: ".xlsx,.xls,.ods" });
    const result = el("div", { class: "made" });
    input.addEventListener("change", () => input.files[0] && this.show(input.files[0], result));
    const box = dialog(
      say("answers"),
      el("p", { class: "hint" }, say("answers-note")),
      el("label", { htmlFor: "answers-file" }, say("answers-file")),
      input,
      result,
      el("p", { class: "row" }, el("button", { type: "button", onclick: () => box.close() }, say("close"))),
    );
    this.box = box;
    if (file) await this.show(file, result);
  }

  async show(file, result) {
    result.replaceChildren(el("p", {}, file.name));
    try {
      const told = await send("/api/answers", { name: file.name, then: "show" }, file);
      // What is no checklist may be a workbook of opinions, or that of a form.
      const isOther = told.refused && told.checklists.length === 0;
      const how = { desk: this.desk, close: () => this.box.close() };
      if (isOther && ((await showOpinions(file, result, how)) || (await showForm(file, result, how)))) return;
      const count = told.checklists.reduce((sum, one) => sum + one.changes.length, 0);
      const shown = (words) => (words === "" ? say("empty") : words);
      result.replaceChildren(
        el("p", {}, file.name),
        ...told.checklists.map((one) =>
          el(
            "section",
            {},
            el("h3", {}, `${one.town}/${one.case}`),
            el("p", { class: "hint" }, say("answers-counts", one.changes.length, one.unchanged, one.unsettled)),
            ...one.changes.map((change) => el("article", { class: "difference" }, el("p", {}, el("code", {}, change.id), ` ${change.field}`), el("p", {}, el("del", {}, shown(change.before)), " → ", el("ins", {}, shown(change.after))), el("p", { class: "file" }, change.place))),
          ),
        ),
        ...told.said.map((found) => foundIn(found, null)),
        count > 0 && !told.refused ? el("button", { type: "button", class: "primary", onclick: () => this.take(file) }, say("answers-take")) : el("p", {}, say("answers-none")),
      );
    } catch (fault) {
      result.replaceChildren();
      notify(sayFault(fault), "wrong");
    }
  }

  async take(file) {
    try {
      const done = await send("/api/answers", { name: file.name, then: "write" }, file);
      this.box.close();
      notify(say("answers-taken", done.checklists.reduce((sum, one) => sum + one.changes.length, 0)));
      await this.desk.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  }
}
