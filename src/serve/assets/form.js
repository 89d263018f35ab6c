// A workbook of a form: told, and taken over into the source.

import { send } from "./ask.js";
import { el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { say, sayFault } from "./words.js";

/** Most lines of a list that is shown. */
const MOST = 20;

/** A list under its title, with how many there are; nothing of none. */
export function listed(title, words) {
  if (words.length === 0) return "";
  const shown = words.slice(0, MOST).map((word) => el("li", {}, word));
  return el("details", { open: words.length <= MOST }, el("summary", {}, `${title}　${say("matches", words.length)}`), el("ul", { class: "plain-list" }, ...shown, words.length > MOST ? el("li", {}, "…") : ""));
}

/** Asks what a workbook holds, and shows it; false where it is no workbook of a form. */
export async function showForm(file, result, { desk, close }) {
  const where = {};
  const ask = (then) => send("/api/form", { name: file.name, then, ...where }, file);
  const take = async () => {
    try {
      const done = await ask("write");
      close();
      notify(say("form-taken", done.files.length));
      await desk.readTowns();
      await desk.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  };
  const fields = () => {
    const keys = ["municipality", "case", "called", "code", "title", "date"];
    const inputs = keys.map((key) => [key, el("input", { type: "text", id: `form-${key}`, autocomplete: "off", value: where[key] ?? "" })]);
    const form = el("form", { class: "adding" }, el("h3", {}, say("form-where")), ...inputs.flatMap(([key, input]) => [el("label", { htmlFor: `form-${key}` }, say(`form-${key}`)), input]), el("p", { class: "row" }, el("button", { type: "submit" }, say("look-again"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const [key, input] of inputs) where[key] = input.value;
      show();
    });
    return form;
  };
  const show = async () => {
    try {
      const told = await ask("show");
      if (told.filled === 0 && told.refused && told.compared === null) return told;
      const { compared } = told;
      result.replaceChildren(
        el("p", {}, file.name),
        el("p", {}, say("form-read", told.filled)),
        listed(say("form-missing"), told.missing),
        ...(compared
          ? [el("p", {}, say("form-same", compared.same)), listed(say("form-differing"), compared.differing), listed(say("form-new"), compared.new), listed(say("form-gone"), compared.gone)]
          : []),
        ...told.said.map((found) => foundIn(found, null)),
        listed(say("files-new"), told.files),
        told.mistakes > 0 ? el("p", { class: "hint" }, say("form-mistakes", told.mistakes)) : "",
        told.files.length > 0 && !told.refused ? el("button", { type: "button", class: "primary", onclick: take }, say("answers-take")) : el("p", {}, say("form-nothing")),
      );
      return null;
    } catch (fault) {
      // It is a form, and it is not known where to.
      result.replaceChildren(el("p", {}, file.name), el("p", { class: "finding error", role: "alert" }, sayFault(fault)), fields());
      return null;
    }
  };
  return (await show()) === null;
}
