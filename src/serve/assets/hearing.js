// The hearing of a case: its period and places, the opinions that came in, the groups that answer them; the outline of the changes, the parts of
// notice and report. Each row is written by itself.

import { ask, order } from "./ask.js";
import { Fields, choice, sayWrong } from "./begin.js";
import { el, notify } from "./dom.js";
import { foundIn } from "./findings.js";
import { say, sayFault } from "./words.js";

/** The name that stands in place of a form's prefix. */
export const HEARING = "comments/";

/** Tables whose rows stand in order and have no key. */
const PLACED = ["outline", "notice", "report", "column"];

const area = (rows, properties = {}) => el("textarea", { rows, class: "line", ...properties });

export class HearingPane {
  constructor(host, desk) {
    this.host = host;
    this.desk = desk;
    this.place = null;
    this.dirty = false;
  }

  get isOpen() {
    return this.place !== null;
  }

  get isDirty() {
    return this.isOpen && this.dirty;
  }

  close() {
    this.place = null;
    this.dirty = false;
  }

  /** Opens the hearing itself, a row of it, or the rows of a table: `hearing`, `opinion/1`, `opinion/`. */
  async open(place) {
    this.dirty = false;
    this.place = place;
    this.hash = "";
    await this.read();
    this.draw();
  }

  async read() {
    const { place } = this;
    const told = await ask("/api/hearing", { town: this.desk.town, case: place.case });
    if (this.place === place) this.told = told;
  }

  /** Somebody wrote. What is typed here stays; where the same row is another by now, both are shown. */
  async renew() {
    if (!this.isOpen) return;
    const { place } = this;
    try {
      await this.read();
    } catch (fault) {
      if (fault.fault !== "unknown") throw fault;
      this.told = null;
    }
    if (this.place !== place) return;
    this.follow();
    if (!this.isDirty) return this.draw();
    if (this.then === "add") return this.relist();
    const row = this.row();
    const now = row ? { written: row.said, hash: row.hash } : { written: null, hash: "" };
    if (now.hash !== this.hash) this.conflict(now);
  }

  /** A row without a key may stand at another place by now. */
  follow() {
    if (!this.isPlaced || this.key === "") return;
    const row = this.row();
    if (row) this.place.path = `${this.table}/${row.key}`;
  }

  /** `opinion`, `group`, `outline` …; nothing for the hearing itself. */
  get table() {
    return this.place.path.includes("/") ? this.place.path.split("/")[0] : null;
  }

  get key() {
    return this.place.path.slice(this.place.path.indexOf("/") + 1);
  }

  /** Whether rows are told apart by their places. */
  get isPlaced() {
    return PLACED.includes(this.table);
  }

  get rows() {
    return this.told[`${this.table}s`];
  }

  /** What a reader calls a row by. */
  numbered(key) {
    return this.isPlaced ? String(Number(key) + 1) : key;
  }

  /** The row that is open, or the hearing itself. */
  row() {
    if (!this.told) return null;
    if (!this.table) return { said: this.told.hearing, hash: this.told.hash };
    const here = (row) => row.key === this.key;
    const seen = (row) => this.isPlaced && row.hash === this.hash;
    return this.rows.find((row) => here(row) && seen(row)) ?? this.rows.find(seen) ?? this.rows.find(here) ?? null;
  }

  draw() {
    const focused = this.host.contains(document.activeElement) ? document.activeElement.id : "";
    this.dirty = false;
    this.fields = null;
    const { told } = this;
    const row = this.row();
    const isList = this.table && this.key === "";
    if (!told || (!row && !isList)) {
      this.host.replaceChildren(el("p", { class: "empty" }, say("no-entry")));
      return;
    }
    this.found = el("div", { class: "found-here" });
    this.conflictBox = el("div", { class: "conflict", hidden: true });
    this.host.setAttribute("aria-labelledby", "item-heading");
    const heading = isList ? say("group-of", say(`hearing-${this.table}-list`), this.rows.length) : this.table ? `${say(`hearing-${this.table}`)} ${this.numbered(this.key)}` : say("hearing-whole");
    const broken = told.is_broken ? el("p", { class: "finding error", role: "alert" }, say("fault-unreadable")) : "";
    this.host.replaceChildren(
      el("p", { class: "trail" }, say("hearing")),
      el("h2", { id: "item-heading" }, heading),
      el("p", { class: "badges" }, el("code", { class: "id" }, told.path)),
      broken,
      ...(told.is_broken ? [] : isList ? this.list() : this.form(row)),
    );
    this.tell(this.desk.findings);
    if (focused) document.getElementById(focused)?.focus();
  }

  /** The rows of a table, and a form for another one. */
  list() {
    const { desk, rows } = this;
    const items = rows.map((row, index) => el("li", {}, this.line(row, index)));
    const list = el("ol", { class: "records unnumbered" }, ...items);
    if (rows.length === 0) list.hidden = true;
    return [
      el("p", { class: "hint" }, say(`hearing-${this.table}-note`)),
      this.told.own[this.table] === false ? el("p", { class: "hint" }, say("hearing-usual")) : "",
      list,
      rows.length === 0 ? el("p", { class: "hint" }, say("no-records")) : "",
      ...(desk.readOnly ? [] : [this.writing("add", {}), this.conflictBox]),
    ];
  }

  line(row, index) {
    const { desk, table } = this;
    const { said } = row;
    const name = (said.heading || said.label || said.text).split("\n")[0];
    const number = this.numbered(row.key);
    const open = el("button", { type: "button", class: "link", onclick: () => desk.open({ ...this.place, path: `${table}/${row.key}` }) }, `${number}　${name}`);
    const about = this.about(row);
    const facts = el("span", { class: "name" }, open, el("br"), el("span", { class: "hint" }, about.join("　")));
    if (desk.readOnly) return el("div", { class: "record" }, facts);
    const button = (words, label, act, disabled = false) => el("button", { type: "button", class: "small", "aria-label": `${label}：${number}`, title: label, disabled, onclick: act }, words);
    const then = (then) => this.send({ table, key: row.key, hash: row.hash, ...then });
    const remove = button(say("record-remove"), say("record-remove"), () => then({ then: "remove" }));
    if (table !== "opinion") {
      const up = button("↑", say("record-up"), () => then({ then: "move", to: index - 1 }), index === 0);
      const down = button("↓", say("record-down"), () => then({ then: "move", to: index + 1 }), index === this.rows.length - 1);
      return el("div", { class: "record" }, facts, up, down, remove);
    }
    const select = this.groups(row.said.group);
    select.setAttribute("aria-label", `${say("hearing-group")}：${row.key}`);
    select.addEventListener("change", () => then({ then: "write", said: { group: select.value } }));
    return el("div", { class: "record" }, facts, select, remove);
  }

  /** What a line of the list tells besides the name. */
  about({ said, count }) {
    if (this.table === "group") return [say("hearing-count", count), said.effect || say("hearing-open")];
    if (this.table === "opinion") return [said.received, said.way];
    if (this.table === "column") return [say(`hearing-field-${said.field}`), said.width];
    if (this.table === "outline") return [...said.changes.split("\n").map((change) => this.told.changes?.[change] ?? change), ...said.items.split("\n")].filter(Boolean);
    return [said.heading ? said.text.split("\n")[0] : "", said.shows === "nothing" ? "" : say(`hearing-shows-${said.shows}`)].filter(Boolean);
  }

  groups(chosen) {
    const select = choice([["", say("hearing-ungrouped")], ...this.told.groups.map((group) => [group.key, `${group.key}　${group.said.heading}`])]);
    select.value = chosen ?? "";
    return select;
  }

  /** The form of what is there, or what it says where nothing may be written. */
  form(row) {
    const { desk, table, told } = this;
    const days = !table && told.days !== null ? el("p", { class: "hint" }, say("hearing-days", told.days)) : "";
    const answered = table === "group" ? this.answered() : "";
    if (desk.readOnly) {
      const form = this.writing(table ? "write" : "hearing", row.said ?? {});
      for (const input of form.querySelectorAll("input, select, textarea")) input.tagName === "SELECT" || input.type === "checkbox" ? (input.disabled = true) : (input.readOnly = true);
      return [days, form, answered, this.found];
    }
    return [days, this.writing(table ? "write" : "hearing", row.said ?? {}), this.conflictBox, this.found, answered];
  }

  /** The opinions that a group answers. */
  answered() {
    const all = this.told.opinions.filter((one) => one.said.group === this.key);
    const rows = all.map((one) => el("li", {}, el("button", { type: "button", class: "link", onclick: () => this.desk.open({ ...this.place, path: `opinion/${one.key}` }) }, `${one.key}　${one.said.text}`)));
    return el("section", { class: "register" }, el("h3", {}, `${say("hearing-opinions")}　${say("matches", all.length)}`), el("ul", { class: "plain-list" }, ...rows));
  }

  /** Fields for what is said, and the button that writes it. */
  writing(then, said) {
    this.then = then;
    this.hash = then === "add" ? "" : this.row().hash;
    this.fields = new Fields("hearing");
    const { readOnly } = this.desk;
    const ways = { opinion: "ofOpinion", group: "ofGroup", outline: "ofPoint", notice: "ofPart", report: "ofPart", column: "ofColumn" };
    const inputs = then === "hearing" ? this.ofHearing(said) : this[ways[this.table]](said, then);
    this.state = el("span", { class: "state", role: "status" });
    const isNew = then === "add";
    const save = el("button", { type: "submit", class: "primary" }, say(isNew ? "record-add-it" : "save"), isNew ? "" : el("kbd", {}, "Ctrl+S"));
    const discard = el("button", { type: "button", onclick: () => this.draw() }, say("discard"));
    const title = isNew ? el("h3", {}, say("record-add", say(`hearing-${this.table}`))) : "";
    const form = el("form", { class: "adding hearing", noValidate: true }, title, ...inputs, readOnly ? "" : el("p", { class: "row" }, save, discard, this.state));
    form.addEventListener("input", () => this.mind(true));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.mind(false);
    return form;
  }

  mind(isDirty) {
    this.dirty = isDirty;
    this.state.textContent = this.desk.readOnly || this.then === "add" ? "" : say(isDirty ? "dirty" : "clean");
    this.state.dataset.dirty = isDirty;
  }

  ofHearing(said) {
    const { fields } = this;
    const line = (key, note, properties) => fields.line(key, say(`hearing-${key}`), note, { value: said[key] ?? "", class: "line", ...properties });
    const lines = (key, note) => fields.add(key, say(`hearing-${key}`), area(3, { value: said[key] ?? "" }), note);
    const known = said.ways ?? [];
    // A way that the words do not know is kept all the same.
    this.ways = [...new Set([...this.told.ways, ...known.map(([way]) => way)])];
    const to = (way) => known.filter(([other]) => other === way).map(([, to]) => to).join("\n");
    const ways = this.ways.map((way, index) => fields.add(`way-${index}`, way, area(2, { value: to(way) })));
    const day = { placeholder: "令和8年5月1日" };
    return [
      line("title"), line("ground"), line("from", null, day), line("to", null, day), lines("places", say("hearing-places-note")), line("contact"),
      el("fieldset", { class: "ways" }, el("legend", {}, say("hearing-ways")), el("p", { class: "hint" }, say("hearing-ways-note")), ...ways),
    ];
  }

  ofOpinion(said, then) {
    const { fields, told } = this;
    const next = Math.max(0, ...told.opinions.map((one) => Number(one.key))) + 1;
    const number = then === "add" ? [fields.line("number", say("hearing-number"), null, { value: String(next), inputMode: "numeric" })] : [];
    const ways = choice([["", say("none")], ...told.ways.map((way) => [way, way])]);
    if (said.way && !told.ways.includes(said.way)) ways.append(el("option", { value: said.way }, said.way));
    ways.value = said.way ?? "";
    return [
      ...number,
      fields.line("received", say("hearing-received"), null, { value: said.received ?? "", placeholder: "令和8年5月12日" }),
      fields.add("way", say("hearing-way"), ways),
      fields.add("text", say("hearing-text"), area(5, { value: said.text ?? "" }), say("hearing-text-note")),
      fields.add("group", say("hearing-group"), this.groups(said.group)),
    ];
  }

  ofGroup(said, then) {
    const { fields, told } = this;
    const id = then === "add" ? [fields.line("id", say("change-id"), null, { placeholder: "storage" })] : [];
    const effects = choice([["", say("hearing-open")], ...told.effects.map((effect) => [effect, effect])]);
    if (said.effect && !told.effects.includes(said.effect)) effects.append(el("option", { value: said.effect }, said.effect));
    effects.value = said.effect ?? "";
    this.main = el("input", { type: "checkbox", checked: said.main !== "false" });
    return [
      ...id,
      fields.line("heading", say("hearing-heading"), null, { value: said.heading ?? "", class: "line" }),
      fields.add("summary", say("hearing-summary"), area(3, { value: said.summary ?? "" })),
      fields.add("answer", told.answer ?? say("hearing-answer"), area(5, { value: said.answer ?? "" })),
      fields.add("effect", say("hearing-effect"), effects),
      ...this.cited(said, say("hearing-changes"), say("hearing-items")),
      el("label", { class: "option" }, this.main, el("span", {}, say("hearing-main"))),
    ];
  }

  /** Changes of the case to choose from, and items. */
  cited(said, changesLabel, itemsLabel) {
    const { told, fields } = this;
    const reason = (change) => told.changes?.[change];
    const led = (said.changes ?? "").split("\n").filter(Boolean);
    const all = [...new Set([...Object.keys(told.changes ?? {}), ...led])];
    this.changes = all.map((change) => ({ change, input: el("input", { type: "checkbox", checked: led.includes(change) }) }));
    const changes = this.changes.map(({ change, input }) => el("label", { class: "option" }, input, el("span", {}, `${reason(change) ?? ""}（${change}）`)));
    return [
      el("fieldset", { class: "options", id: "hearing-changes" }, el("legend", {}, changesLabel), ...(changes.length > 0 ? changes : [el("p", { class: "hint" }, say("no-changes"))])),
      fields.add("items", itemsLabel, area(2, { value: said.items ?? "" }), say("hearing-items-note")),
    ];
  }

  ofPoint(said) {
    const text = this.fields.add("text", say("hearing-point"), area(3, { value: said.text ?? "" }), say("hearing-point-note"));
    return [text, ...this.cited(said, say("hearing-point-changes"), say("hearing-point-items"))];
  }

  ofPart(said) {
    const { fields, told } = this;
    const shows = choice(told.shows.map((shows) => [shows, say(`hearing-shows-${shows}`)]));
    shows.value = said.shows ?? "nothing";
    return [
      fields.line("heading", say("hearing-heading"), say("hearing-part-heading-note"), { value: said.heading ?? "", class: "line" }),
      fields.add("text", say("hearing-part-text"), area(4, { value: said.text ?? "" }), say("hearing-part-text-note")),
      fields.add("shows", say("hearing-shows"), shows),
    ];
  }

  ofColumn(said) {
    const { fields, told } = this;
    const field = choice(told.fields.map((field) => [field, say(`hearing-field-${field}`)]));
    field.value = said.field ?? told.fields[0];
    return [
      fields.line("label", say("hearing-label"), say("hearing-label-note"), { value: said.label ?? "", class: "line" }),
      fields.add("field", say("hearing-field"), field),
      fields.line("width", say("hearing-width"), say("hearing-width-note"), { value: said.width ?? "", inputMode: "decimal", placeholder: "0.25" }),
    ];
  }

  /** What the fields say. */
  values() {
    const said = this.fields.values();
    if (this.then === "hearing") {
      const lines = (words) => words.split("\n").map((line) => line.trim()).filter(Boolean);
      const ways = this.ways.flatMap((way, index) => lines(said[`way-${index}`]).map((to) => [way, to]));
      for (const index of this.ways.keys()) delete said[`way-${index}`];
      return { ...said, ways };
    }
    if (this.table === "group" || this.table === "outline") said.changes = this.changes.filter(({ input }) => input.checked).map(({ change }) => change).join("\n");
    if (this.table === "group") {
      said.main = String(this.main.checked);
    }
    return said;
  }

  /** Writes what is typed; who asks again meanwhile waits for the same. */
  save() {
    this.saving ??= this.saveNow().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveNow() {
    if (!this.isOpen || !this.fields || (!this.dirty && this.then !== "add")) return;
    const { number, id, ...said } = this.values();
    const asked = this.then === "hearing" ? {} : { table: this.table, key: this.then === "add" ? (number ?? id ?? "") : this.key };
    await this.send({ then: this.then, hash: this.hash, ...asked, said });
  }

  /** Has something done; what is wrong is told at its field. */
  async send(asked) {
    const { desk, place } = this;
    this.fields?.clear();
    const isForm = asked.said !== undefined && Object.keys(asked.said).length > 1;
    const before = isForm ? JSON.stringify(this.values()) : null;
    try {
      const done = await order("/api/hearing", { town: desk.town, case: place.case, ...asked });
      if (this.place !== place) return;
      // What was typed meanwhile, or below a line of the list, is still to be saved.
      if (isForm) this.hash = "";
      if (isForm) this.dirty = before !== JSON.stringify(this.values());
      if (isForm && this.dirty && asked.then !== "add") {
        await this.read();
        this.hash = this.row()?.hash ?? "";
      }
      notify(say("saved"));
      await desk.wrote(done);
    } catch (fault) {
      if (fault.fault === "conflict" && isForm) this.conflict(fault.theirs);
      else if (fault.fault === "conflict") {
        notify(say("fault-moved"), "wrong");
        if (!this.dirty) await this.renew();
      } else if (!isForm || !this.fields?.tell(fault)) notify(sayWrong(fault), "wrong");
    }
  }

  /** Draws the list anew, the form below it as it is typed. */
  relist() {
    const list = this.host.querySelector("ol.records");
    if (list && this.told) list.replaceChildren(...this.rows.map((row, index) => el("li", {}, this.line(row, index))));
  }

  /** What stands there now beside what is typed; neither is lost. */
  conflict(theirs) {
    const words = (said) => {
      if (said === null || said === undefined) return say("nothing");
      return Object.entries(said).filter(([, word]) => word !== "" && word.length !== 0).map(([, word]) => (Array.isArray(word) ? word.map((pair) => pair.join("：")).join("\n") : word)).join("\n");
    };
    const { number, id, ...mine } = this.values();
    const useMine = async () => {
      this.hash = theirs.hash;
      this.conflictBox.hidden = true;
      await this.save();
    };
    const useTheirs = async () => {
      this.dirty = false;
      await this.renew();
    };
    this.conflictBox.replaceChildren(
      el("p", { role: "alert" }, say("conflict")),
      el(
        "div",
        { class: "sides" },
        el("section", {}, el("h3", {}, say("mine")), el("pre", { class: "mine", tabIndex: 0 }, words(mine)), theirs.written ? el("button", { type: "button", class: "primary", onclick: useMine }, say("use-mine")) : ""),
        el("section", {}, el("h3", {}, say("theirs")), el("pre", { class: "theirs", tabIndex: 0 }, words(theirs.written)), el("button", { type: "button", onclick: useTheirs }, say("use-theirs"))),
      ),
    );
    this.conflictBox.hidden = false;
  }

  /** Shows what is wrong with the row that is open. */
  tell(findings) {
    if (!this.isOpen || !this.found) return;
    const { place } = this;
    const here = findings.list.filter((found) => found.item && found.item[0] === place.case && found.item[1] === HEARING && found.item[2] === place.path);
    this.found.replaceChildren(...here.map((found) => foundIn(found, null, this.desk)));
  }
}
