// A workbook of opinions: told, and taken over into the source.

import { send } from "./ask.js";
import { el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { say, sayFault } from "./words.js";

/** Asks what a workbook holds, and shows it; false where it is no workbook of opinions. */
export async function showOpinions(file, result, { desk, close }) {
  const where = {};
  const ask = (then) => send("/api/opinions", { name: file.name, then, ...where }, file);
  const countOf = (told) => told.hearings.reduce((sum, one) => sum + one.changes.length + one.added.length, 0);
  const take = async () => {
    try {
      const done = await ask("write");
      close();
      notify(say("opinions-taken", countOf(done)));
      await desk.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  };
  // Whose opinions they are, where no export of ours says it.
  const whose = () => {
    const cases = desk.tree.cases.filter((one) => one.forms.some((form) => form.kind === "assessment"));
    const select = el("select", { id: "opinions-case" }, ...cases.map((one) => el("option", { value: one.id }, one.title)));
    const form = el("form", { class: "adding" }, el("label", { htmlFor: "opinions-case" }, say("opinions-case")), select, el("p", { class: "row" }, el("button", { type: "submit" }, say("look-again"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      Object.assign(where, { town: desk.town, case: select.value });
      show();
    });
    return form;
  };
  const shown = (words) => (words === "" ? say("empty") : words);
  const drawn = (one) =>
    el(
      "section",
      {},
      el("h3", {}, `${one.town}/${one.case}`),
      el("p", { class: "hint" }, say("opinions-counts", one.added.length, one.changes.length, one.unchanged, one.unsettled)),
      ...one.changes.map((change) => el("article", { class: "difference" }, el("p", {}, `${change.sheet} ${change.key}　${change.field}`), el("p", {}, el("del", {}, shown(change.before)), " → ", el("ins", {}, shown(change.after))), el("p", { class: "file" }, change.place))),
      ...one.added.map((row) => el("article", { class: "difference" }, el("p", {}, `${row.sheet} ${row.key}　`, el("span", { class: "badge plain" }, say("record-new"))), ...row.values.map(([field, value]) => el("p", {}, `${field}　`, el("ins", {}, value))), el("p", { class: "file" }, row.place))),
    );
  const show = async () => {
    const told = await ask("show");
    if (told.foreign) return false;
    // The source is to be mended first: that is told of every workbook.
    const isIt = told.hearings.length > 0 || told.asks || told.said.some((found) => found.path === null);
    if (!isIt) return false;
    const may = countOf(told) > 0 && !told.refused;
    result.replaceChildren(
      el("p", {}, file.name),
      ...told.hearings.map(drawn),
      ...told.said.map((found) => foundIn(found, null)),
      told.asks ? whose() : may ? el("button", { type: "button", class: "primary", onclick: take }, say("answers-take")) : el("p", {}, say("opinions-none")),
    );
    return true;
  };
  return show();
}
