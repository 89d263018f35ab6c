// What is begun: a municipality, an assessment, a matter for a committee, its checklist, a change. Shown first, then written; what cannot
// be is told at its field.

import { ask, order } from "./ask.js";
import { declare } from "./declare.js";
import { dialog, el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { say, sayFault } from "./words.js";

const KINDS = ["municipality", "assessment", "submission", "checklist", "change"];

/** What is wrong with a field, in words. */
const wrongWith = (fault) => (fault.wrong === "reason" ? fault.words : say(`wrong-${fault.wrong}`, fault.words));

/** A list to choose from: value and words. */
export const choice = (rows) => el("select", {}, ...rows.map(([value, words]) => el("option", { value }, words)));

/** Fields of a dialog, each with its label and the place where it is told what is wrong with it. */
export class Fields {
  constructor(name) {
    this.name = name;
    this.known = new Map();
  }

  /** A field's label and input. */
  add(key, words, input, note) {
    const id = `${this.name}-${key}`;
    const wrong = el("p", { class: "finding error", id: `${id}-wrong`, role: "alert", hidden: true });
    const hint = note ? el("p", { class: "hint", id: `${id}-note` }, note) : "";
    input.id = id;
    if (note) input.setAttribute("aria-describedby", `${id}-note`);
    this.known.set(key, { input, wrong, note });
    return el("div", { class: "field" }, el("label", { htmlFor: id }, words), input, hint, wrong);
  }

  line(key, words, note, properties = {}) {
    return this.add(key, words, el("input", { type: "text", autocomplete: "off", ...properties }), note);
  }

  values() {
    return Object.fromEntries([...this.known].map(([key, { input }]) => [key, input.value]));
  }

  /** Nothing is wrong any more. */
  clear() {
    for (const { input, wrong, note } of this.known.values()) {
      input.removeAttribute("aria-invalid");
      if (note) input.setAttribute("aria-describedby", `${input.id}-note`);
      else input.removeAttribute("aria-describedby");
      wrong.hidden = true;
    }
  }

  /** Tells a fault at its field; false where it is none's. */
  tell(fault) {
    const field = fault.fault === "field" ? this.known.get(fault.field) : undefined;
    if (!field) return false;
    field.wrong.textContent = wrongWith(fault);
    field.wrong.hidden = false;
    field.input.setAttribute("aria-invalid", "true");
    field.input.setAttribute("aria-describedby", field.wrong.id);
    field.input.focus();
    return true;
  }
}

/** A fault that belongs to no field. */
export const sayWrong = (fault) => (fault.fault === "field" ? wrongWith(fault) : sayFault(fault));

export class Beginning {
  constructor(desk) {
    this.desk = desk;
  }

  async open() {
    if (!(await this.desk.mayLeave())) return;
    try {
      this.known = await ask("/api/begin");
    } catch (fault) {
      notify(sayFault(fault), "wrong");
      return;
    }
    this.body = el("div", {});
    this.box = dialog(say("begin"), this.body);
    this.show(this.desk.about.towns.length === 0 ? "municipality" : "assessment");
  }

  /** What can be begun: without a municipality nothing but one. */
  kinds() {
    const { about, tree } = this.desk;
    const holds = { municipality: true, assessment: about.towns.length > 0, submission: this.known.committees.length > 0, checklist: this.known.unlisted.length > 0, change: tree.cases.length > 0 };
    return KINDS.filter((kind) => holds[kind]);
  }

  show(kind) {
    const choices = this.kinds().map((other) => {
      const input = el("input", { type: "radio", name: "begin-kind", checked: other === kind });
      input.addEventListener("change", () => {
        this.show(other);
        this.body.querySelector("input[name=begin-kind]:checked").focus();
      });
      return el("label", { class: "option" }, input, el("span", {}, say(`begin-${other}`)));
    });
    this.fields = new Fields("begin");
    /** What is asked for beside what the fields say. */
    this.beside = {};
    const result = el("div", { class: "made" });
    const isChange = kind === "change";
    const form = el(
      "form",
      { noValidate: true },
      el("fieldset", { class: "options" }, el("legend", {}, say("begin-what")), ...choices),
      el("p", { class: "hint" }, say(`begin-note-${kind}`)),
      ...this[kind](),
      el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say(isChange ? "declare" : "finish-look")), el("button", { type: "button", onclick: () => this.box.close() }, say("close"))),
      result,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isChange) this.declare();
      else this.look({ what: kind, ...this.fields.values(), ...this.beside }, result);
    });
    // What was shown holds for what was asked alone.
    form.addEventListener("input", () => result.replaceChildren());
    this.body.replaceChildren(form);
  }

  town() {
    const select = choice(this.desk.about.towns.map((town) => [town.slug, town.name]));
    if (this.desk.town) select.value = this.desk.town;
    return select;
  }

  date() {
    return this.fields.line("date", say("begin-date"), null, { placeholder: "2026-04-01" });
  }

  name(key) {
    return this.fields.line("case", say(key), say("begin-slug-note"), { placeholder: "juki" });
  }

  municipality() {
    return [
      this.fields.line("name", say("begin-name"), null, { placeholder: "みどり市" }),
      this.fields.line("code", say("form-code"), say("begin-code-note"), { placeholder: "999997", inputMode: "numeric" }),
      this.fields.line("slug", say("begin-slug"), say("begin-slug-note"), { placeholder: "midori" }),
    ];
  }

  assessment() {
    const { bases, cases } = this.known;
    const town = this.town();
    const body = el("div", {});
    const draw = (way) => {
      this.fields.known.clear();
      const first = this.fields.add("town", say("town"), town);
      this.beside = { from: way };
      body.replaceChildren(first, ...this[`from_${way}`](town));
    };
    const ways = [["form", true], ["base", bases.length > 0], ["town", cases.length > 0]].filter(([, is]) => is).map(([way]) => way);
    const radios = ways.map((way, at) => {
      const input = el("input", { type: "radio", name: "begin-from", checked: at === 0 });
      input.addEventListener("change", () => draw(way));
      return el("label", { class: "option" }, input, el("span", {}, say(`begin-from-${way}`)));
    });
    draw(ways[0]);
    return [el("fieldset", { class: "options" }, el("legend", {}, say("begin-from")), ...radios), body];
  }

  /** A form alone. */
  from_form(town) {
    const select = choice([]);
    const files = this.fields.add("files", say("begin-files"), el("textarea", { rows: 3 }), say("begin-files-note"));
    const ofTown = () => this.known.forms.filter((form) => !form.of || form.of === town.value);
    const asks = () => (files.hidden = !ofTown().find((form) => form.id === select.value)?.files);
    const fill = () => {
      select.replaceChildren(...ofTown().map((form) => el("option", { value: form.id }, form.title)));
      asks();
    };
    town.addEventListener("change", fill);
    select.addEventListener("change", asks);
    fill();
    return [this.fields.add("pattern", say("begin-form"), select), this.name("begin-case"), this.fields.line("title", say("form-title")), files, this.date()];
  }

  /** The text that all share. */
  from_base() {
    const select = choice(this.known.bases.map((base) => [base.case, base.title]));
    return [this.fields.add("case", say("begin-base"), select), this.fields.line("title", say("form-title"), say("begin-title-note")), this.date()];
  }

  /** What another municipality says. */
  from_town(town) {
    const name = (slug) => this.desk.about.towns.find((one) => one.slug === slug)?.name ?? slug;
    const title = (of) => this.known.bases.find((base) => base.case === of)?.title ?? of;
    const rows = this.known.cases.map((one) => [`${one.town}/${one.case}`, `${name(one.town)}　${title(one.case)}`]);
    const select = choice(rows);
    const other = rows.find(([value]) => value.split("/")[0] !== town.value);
    if (other) select.value = other[0];
    const said = () => ([this.beside.pattern, this.beside.case] = select.value.split("/"));
    select.addEventListener("change", said);
    said();
    return [this.fields.add("pattern", say("begin-pattern"), select), this.fields.line("title", say("form-title"), say("begin-title-note")), this.date()];
  }

  submission() {
    const town = this.town();
    const forms = choice([]);
    const cases = choice([]);
    const fill = () => {
      const own = this.known.committees.filter((form) => !form.of || form.of === town.value);
      forms.replaceChildren(...own.map((form) => el("option", { value: form.id }, form.title)));
      const known = this.known.cases.filter((one) => one.town === town.value);
      cases.replaceChildren(el("option", { value: "" }, say("none")), ...known.map((one) => el("option", { value: one.case }, one.case)));
    };
    town.addEventListener("change", fill);
    fill();
    const line = (key) => this.fields.line(key, say(`begin-${key}`));
    return [
      this.fields.add("town", say("town"), town), this.fields.add("pattern", say("begin-form"), forms), this.name("begin-submission-case"),
      ...["title", "meeting", "division", "basis", "baseline"].map(line), this.fields.add("assessment", say("begin-rests-on"), cases), this.date(),
    ];
  }

  checklist() {
    const rows = this.known.unlisted.map((one) => [`${one.town}/${one.case}`, `${one.town}/${one.case}`]);
    const select = choice(rows);
    const said = () => ([this.beside.town, this.beside.case] = select.value.split("/"));
    select.addEventListener("change", said);
    said();
    return [this.fields.add("case", say("begin-submission"), select), this.fields.line("title", say("begin-checklist-title"), null, { value: say("begin-checklist-usual") })];
  }

  change() {
    const select = choice(this.desk.tree.cases.map((one) => [one.id, one.title]));
    if (this.desk.place) select.value = this.desk.place.case;
    return [this.fields.add("case", say("finish-case"), select)];
  }

  declare() {
    const one = this.desk.caseOf(this.fields.values().case);
    this.box.close();
    declare(this.desk, one);
  }

  /** Tells what is wrong, at its field if it has one. */
  wrong(fault, result) {
    result.replaceChildren();
    if (this.fields.tell(fault)) return;
    result.replaceChildren(el("p", { class: "finding error", role: "alert" }, sayWrong(fault)));
  }

  async look(asked, result) {
    this.fields.clear();
    result.replaceChildren(el("p", { role: "status" }, "…"));
    try {
      const told = await order("/api/begin", { ...asked, then: "show" });
      const of = (how) => told.files.filter((file) => file.how === how).map((file) => file.path);
      const list = (title, paths) => (paths.length === 0 ? "" : el("section", {}, el("h3", {}, title), el("ul", { class: "plain-list" }, ...paths.map((path) => el("li", {}, el("code", {}, path))))));
      const go = el("button", { type: "button", class: "primary", onclick: () => this.write(asked, result) }, say("begin-do"));
      result.replaceChildren(
        told.refused ? el("p", { class: "finding error", role: "alert" }, say("finish-refused")) : "",
        ...told.said.map((found) => foundIn(found, null)),
        ...(told.refused ? [] : [list(say("files-new"), of("new")), list(say("begin-added-to"), of("changed")), told.empty > 0 ? el("p", { class: "hint" }, say("begin-empty", told.empty)) : "", told.terms.length > 0 ? el("p", { class: "hint" }, say("begin-terms", told.terms.join("、"))) : "", el("p", { class: "row" }, go)]),
      );
      if (!told.refused) go.focus();
    } catch (fault) {
      this.wrong(fault, result);
    }
  }

  async write(asked, result) {
    try {
      const done = await order("/api/begin", { ...asked, then: "write" });
      this.box.close();
      notify(say("begun"));
      this.desk.steps(done.step);
      await this.desk.readTowns();
      await this.desk.enter(asked.slug ?? asked.town, asked.slug ? null : asked.case);
    } catch (fault) {
      this.wrong(fault, result);
    }
  }
}
