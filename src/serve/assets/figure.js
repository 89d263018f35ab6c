// The figure of 別添1: title, boxes, arrows and remarks, each written by itself beside the page on which it is drawn.

import { ask, order } from "./ask.js";
import { Fields, choice, sayWrong } from "./begin.js";
import { el, notify } from "./dom.js";
import { editor } from "./editor.js";
import { foundIn } from "./findings.js";
import { drawMarks } from "./marks.js";
import { say, sayFault } from "./words.js";

/** The lists of a figure, as the program names them. */
const TABLES = [["node", "nodes"], ["arrow", "arrows"], ["remark", "remarks"]];

const lines = (words) => (words ?? "").split("\n").filter(Boolean);

export class FigurePane {
  constructor(host, desk) {
    this.host = host;
    this.desk = desk;
    this.close();
  }

  get isOpen() {
    return this.place !== null;
  }

  get isDirty() {
    return this.isOpen && this.dirty;
  }

  /** What is typed and not saved, as the program takes it; none where nothing is. */
  get drafts() {
    if (!this.isDirty || !this.fields) return [];
    const { place, desk, layer } = this;
    return [{ town: desk.town, case: place.case, form: place.form, path: place.path, layer: layer.path, hash: this.hash, change: this.change, written: this.then() }];
  }

  /** The change as which parts come, go and are written; none: without a mark. */
  get change() {
    return this.desk.change[this.place.case] || null;
  }

  close() {
    this.field?.destroy();
    this.place = null;
    this.told = null;
    this.layer = null;
    /** The row that is written: its list and its key, none for a new one. */
    this.writes = null;
    this.field = null;
    this.fields = null;
    this.dirty = false;
    this.hash = "";
  }

  /** Opens a figure: case, form, path. */
  async open(place) {
    this.close();
    this.place = place;
    await this.read();
    if (this.place === place) this.draw();
  }

  async read() {
    const { place } = this;
    const told = await ask("/api/figure", { town: this.desk.town, case: place.case, form: place.form, path: place.path });
    if (this.place !== place) return;
    this.told = told;
    const written = told.layers.filter((layer) => layer.written);
    this.layer = told.layers.find((layer) => layer.path === this.layer?.path) ?? written.at(-1) ?? told.layers.at(-1);
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
    if (!this.isDirty || !this.told) return this.draw();
    if (this.isNew) return;
    const now = this.row();
    if ((now?.hash ?? "") !== this.hash) this.conflict({ written: now?.said ?? null, hash: now?.hash ?? "" });
  }

  get isNew() {
    return this.writes.table !== "title" && this.writes.key === null;
  }

  rows(table) {
    return this.layer[TABLES.find(([name]) => name === table)[1]];
  }

  /** The row that is written, as it stands now; an arrow may have another place by now. */
  row() {
    const { table, key } = this.writes;
    if (table === "title") return this.layer.title;
    const rows = this.rows(table);
    const is = (row) => row.key === key;
    return rows.find((row) => is(row) && row.hash === this.hash) ?? (table === "arrow" ? rows.find((row) => row.hash === this.hash) : undefined) ?? rows.find(is) ?? null;
  }

  draw() {
    const focused = this.host.contains(document.activeElement) ? document.activeElement.id : "";
    this.field?.destroy();
    this.field = null;
    this.fields = null;
    this.dirty = false;
    const { told, desk } = this;
    if (!told) {
      this.host.replaceChildren(el("p", { class: "empty" }, say("no-entry")));
      return;
    }
    if (this.writes && !this.isNew && !this.row()) this.writes = null;
    this.found = el("div", { class: "found-here" });
    this.conflictBox = el("div", { class: "conflict", hidden: true });
    this.host.setAttribute("aria-labelledby", "item-heading");
    this.host.replaceChildren(
      el("p", { class: "trail" }, told.heading),
      el("h2", { id: "item-heading" }, told.label),
      el("p", { class: "badges" }, el("code", { class: "id" }, this.layer.path)),
      this.where(),
      desk.readOnly ? "" : this.marking(),
      this.title(),
      ...TABLES.map(([table]) => this.list(table)),
      this.found,
      this.signing(),
      told.marks.length > 0 ? el("section", { class: "marks", "aria-label": say("figure-marks") }, el("h3", {}, say("figure-marks")), ...drawMarks(desk, { of: told.case, name: told.label, marks: told.marks })) : "",
    );
    this.tell(desk.findings);
    if (focused) document.getElementById(focused)?.focus();
  }

  /** Signs the figure as a whole, as items are signed. */
  signing() {
    const { desk, place } = this;
    const review = desk.items.find((one) => one.case === place.case && one.form === place.form && one.path === place.path)?.review;
    if (review === "reviewed" || review === "lifted") return el("p", { class: "row" }, el("span", { class: `badge ${review}` }, say(review)), desk.readOnly || review === "reviewed" ? "" : this.signButton());
    return desk.readOnly || !review ? "" : el("p", { class: "row" }, this.signButton());
  }

  signButton() {
    const { desk, place } = this;
    return el("button", { type: "button", onclick: () => desk.item.sign({ town: desk.town, case: place.case, form: place.form, row: place.path }) }, say("sign"));
  }

  /** Whose figure is written. */
  where() {
    const { told, layer } = this;
    if (told.layers.length < 2) return "";
    const buttons = told.layers.map((one, index) => {
      const input = el("input", { type: "radio", name: "layer", id: `figure-layer-${index}`, checked: one.path === layer.path });
      input.addEventListener("change", async () => {
        if (await this.desk.mayLeave()) {
          this.layer = this.told.layers.find((known) => known.path === one.path) ?? this.layer;
          this.writes = null;
        }
        this.draw();
      });
      return el("label", { class: "option" }, input, el("span", {}, say(one.owner)));
    });
    const note = layer.owner === "shared" ? say("shared-note") : layer.written ? say("own-note") : say("figure-own-note");
    return el("fieldset", { class: "options layers" }, el("legend", {}, say("where")), ...buttons, el("p", { class: "hint" }, note));
  }

  /** As which change parts come, go and are written. */
  marking() {
    const one = this.desk.caseOf(this.place.case);
    if (!one || one.changes.length === 0) return "";
    const select = el("select", { id: "figure-change" }, el("option", { value: "" }, say("no-mark")), ...one.changes.map((change) => el("option", { value: change.id }, change.reason)));
    if (!one.changes.some((change) => change.id === this.desk.change[one.id])) delete this.desk.change[one.id];
    select.value = this.desk.change[one.id] ?? "";
    select.addEventListener("change", () => {
      this.desk.change[one.id] = select.value;
      if (this.isDirty) this.desk.drafted();
    });
    return el("p", { class: "row" }, el("label", { htmlFor: "figure-change" }, say("save-as")), select);
  }

  /** What a box is called: as a reader sees it, else as it is written. */
  nameOf(id) {
    return this.told.names[id] || this.layer.nodes.find((node) => node.key === id)?.said.label || id;
  }

  /** What a row is called. */
  name(table, { said, key }) {
    if (table === "node") return this.nameOf(key);
    if (table === "arrow") return `${said.step}　${[said.from, said.via, said.to].filter(Boolean).map((id) => this.nameOf(id)).join(" → ")}`;
    return said.step;
  }

  /** What is said of a row beside its name. */
  facts(table, { said }) {
    const periods = lines(said.periods).map((id) => this.told.periods.find(([known]) => known === id)?.[1] ?? id);
    const withheld = said.withheld ? [say("withheld")] : [];
    if (table === "node") return [say(`figure-zone-${said.zone}`), say("figure-place", said.column, said.row), said.host, ...periods, ...withheld].filter(Boolean);
    if (table === "arrow") return [say(`figure-kind-${said.kind}`), ...(said.note ? [say("figure-note-arrow")] : []), ...periods, ...withheld];
    return [said.text.length > 80 ? `${[...said.text].slice(0, 80).join("")}…` : said.text];
  }

  title() {
    const { layer } = this;
    const inside = this.writes?.table === "title" ? this.writing() : this.line("title", { ...layer.title, key: "" }, layer.title.said.title, layer.title.said.number ? [say("figure-numbered", layer.title.said.number)] : []);
    return el("section", { class: "figure-part", "aria-labelledby": "figure-title-heading" }, el("h3", { id: "figure-title-heading" }, say("figure-title")), inside);
  }

  list(table) {
    const rows = this.rows(table);
    const isHere = (key) => this.writes?.table === table && this.writes.key === key;
    const heading = table === "remark" ? this.told.remarks_label : say(`figure-${table}s`);
    const items = rows.map((row) => el("li", {}, isHere(row.key) ? this.writing() : this.line(table, row, this.name(table, row), this.facts(table, row))));
    const list = el("ol", { class: "records unnumbered", hidden: items.length === 0 }, ...items);
    const add = isHere(null) ? this.writing() : el("button", { type: "button", id: `figure-add-${table}`, onclick: () => this.write(table, null) }, say("record-add", say(`figure-${table}`)));
    return el("section", { class: "figure-part", "aria-labelledby": `figure-${table}-heading` }, el("h3", { id: `figure-${table}-heading` }, `${heading}　${say("matches", rows.length)}`), list, items.length === 0 ? el("p", { class: "hint" }, say("no-records")) : "", this.desk.readOnly ? "" : add);
  }

  /** A row with what can be done with it. */
  line(table, row, name, facts) {
    const { desk } = this;
    const id = `figure-${table}-${row.key}`;
    const state = row.state ? el("span", { class: "badge changed" }, say(row.state === "new" ? "record-new" : "record-gone")) : "";
    const open = el("button", { type: "button", class: "link", id, onclick: () => this.write(table, row.key) }, name);
    const count = el("span", { class: "wrong-of" });
    count.dataset.row = table === "title" ? "title" : `${table}/${row.key}`;
    const about = el("span", { class: "name" }, open, " ", state, " ", count, el("br"), el("span", { class: "hint" }, facts.join("　")));
    if (desk.readOnly || table === "title") return el("div", { class: "record" }, about);
    const remove = el("button", { type: "button", class: "small", "aria-label": `${say("record-remove")}：${name}`, disabled: row.state === "gone", onclick: () => this.remove(table, row) }, say("record-remove"));
    return el("div", { class: "record" }, about, remove);
  }

  /** Begins to write a row; what is not saved is asked for first. */
  async write(table, key) {
    if (!(await this.desk.mayLeave())) return;
    this.writes = { table, key };
    this.draw();
    this.focus();
  }

  focus() {
    if (this.field && this.writes.key !== null) this.field.focus();
    else this.host.querySelector("form.figure :is(input, select, textarea)")?.focus();
  }

  /** Back to the list, the cursor where it came from. */
  back() {
    const { table, key } = this.writes;
    this.writes = null;
    this.dirty = false;
    this.draw();
    document.getElementById(key === null && table !== "title" ? `figure-add-${table}` : `figure-${table}-${key ?? ""}`)?.focus();
    this.desk.drafted();
  }

  /** The form of a row. */
  writing() {
    const { table } = this.writes;
    const { desk } = this;
    const row = this.isNew ? null : this.row();
    const said = row?.said ?? this.begins(table);
    this.hash = row?.hash ?? "";
    this.fields = new Fields("figure");
    this.beside = new Map();
    const inputs = { title: () => this.ofTitle(said), node: () => this.ofNode(said), arrow: () => this.ofArrow(said), remark: () => this.ofRemark(said) }[table]();
    this.state = el("span", { class: "state", role: "status" });
    // What is to go stays as it was.
    const readOnly = desk.readOnly || row?.state === "gone";
    this.rowFound = el("div", { class: "found-here" });
    const save = el("button", { type: "submit", class: "primary" }, say(this.isNew ? "record-add-it" : "save"), el("kbd", {}, "Ctrl+S"));
    const cancel = el("button", { type: "button", onclick: () => this.back() }, say(desk.readOnly ? "close" : "cancel"));
    const heading = table === "title" ? "" : el("h4", {}, this.isNew ? say("record-add", say(`figure-${table}`)) : this.name(table, row));
    const gone = row?.state === "gone" ? el("p", { class: "hint" }, say("fault-record-gone")) : "";
    const form = el("form", { class: "adding figure", noValidate: true }, heading, gone, ...inputs, this.rowFound, el("p", { class: "row" }, readOnly ? "" : save, cancel, this.state), this.conflictBox);
    if (readOnly) for (const input of form.querySelectorAll("input, select")) input.type === "text" ? (input.readOnly = true) : (input.disabled = true);
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    this.mind();
    return form;
  }

  /** What a new row begins with: a place that is free, the first boxes, a step that has no remark yet. */
  begins(table) {
    const { told } = this;
    if (table === "node") {
      const taken = new Set(this.layer.nodes.map(({ said }) => `${said.column}/${said.row}`));
      const places = Array.from({ length: told.columns * told.rows }, (_, at) => [1 + (at % told.columns), 1 + Math.floor(at / told.columns)]);
      const [column, row] = places.find((place) => !taken.has(place.join("/"))) ?? [1, 1];
      return { zone: told.zones[0], column: String(column), row: String(row) };
    }
    if (table === "arrow") return { kind: told.kinds[0] };
    return { step: this.silent()[0] ?? "" };
  }

  /** Steps of arrows that have no remark. */
  silent() {
    const known = new Set(this.layer.remarks.map((row) => row.key));
    return [...new Set(this.layer.arrows.filter(({ said }) => !said.note).map(({ said }) => said.step))].filter((step) => !known.has(step));
  }

  /** Where what is wrong with a field is told. */
  at(key, field) {
    const box = el("div", { class: "found-here" });
    this.beside.set(key, { box, read: field.read });
    return el("div", { class: "with-findings" }, field.host, box);
  }

  text(key, value, properties = {}, note = null) {
    return this.at(key, { host: this.fields.line(key, say(`figure-${key}`), note, { value: value ?? "", class: "line", ...properties }) });
  }

  select(key, rows, value) {
    const known = rows.some(([one]) => one === (value ?? ""));
    // What nobody can choose any more is shown all the same, so that it can be mended.
    const select = choice(known || !value ? rows : [...rows, [value, value]]);
    select.value = value ?? rows[0]?.[0] ?? "";
    return this.at(key, { host: this.fields.add(key, say(`figure-${key}`), select) });
  }

  tick(key, value) {
    const input = el("input", { type: "checkbox", id: `figure-${key}`, checked: value === "true" });
    return this.at(key, { host: el("label", { class: "option" }, input, el("span", {}, say(`figure-${key}`))), read: () => (input.checked ? "true" : "") });
  }

  /** Periods as boxes to tick; none ticked: all of them. */
  ticks(key, value) {
    const now = lines(value);
    const all = [...this.told.periods, ...now.filter((id) => !this.told.periods.some(([known]) => known === id)).map((id) => [id, id])];
    if (all.length === 0) return "";
    const boxes = all.map(([id, words]) => ({ id, words, input: el("input", { type: "checkbox", checked: now.includes(id) }) }));
    // What stays keeps its place.
    const read = () => {
      const on = boxes.filter(({ input }) => input.checked).map(({ id }) => id);
      return [...now.filter((id) => on.includes(id)), ...on.filter((id) => !now.includes(id))].join("\n");
    };
    const options = boxes.map(({ words, input }) => el("label", { class: "option" }, input, el("span", {}, words)));
    return this.at(key, { host: el("fieldset", { class: "options" }, el("legend", {}, say(`figure-${key}`)), ...options), read });
  }

  /** A choice of a few as buttons. */
  radios(key, rows, value) {
    const boxes = rows.map(([id, words]) => ({ id, words, input: el("input", { type: "radio", name: `figure-${key}`, checked: id === value }) }));
    const options = boxes.map(({ words, input }) => el("label", { class: "option" }, input, el("span", {}, words)));
    return this.at(key, { host: el("fieldset", { class: "options" }, el("legend", {}, say(`figure-${key}`)), ...options), read: () => boxes.find(({ input }) => input.checked)?.id ?? "" });
  }

  ofTitle(said) {
    return [this.text("title", said.title), this.text("number", said.number, { inputMode: "numeric", class: "number" }, say("figure-number-note"))];
  }

  ofNode(said) {
    const { told } = this;
    const count = (most) => Array.from({ length: most }, (_, at) => [String(at + 1), String(at + 1)]);
    return [
      this.text("label", said.label),
      this.radios("zone", told.zones.map((zone) => [zone, say(`figure-zone-${zone}`)]), said.zone),
      el("div", { class: "row places" }, this.select("column", count(told.columns), said.column), this.select("row", count(told.rows), said.row)),
      this.text("host", said.host, {}, say("figure-host-note")),
      this.ticks("periods", said.periods),
      said.host ? this.ticks("host-periods", said["host-periods"]) : "",
      this.tick("withheld", said.withheld),
    ];
  }

  ofArrow(said) {
    const { told } = this;
    const nodes = this.layer.nodes.map(({ key }) => [key, this.nameOf(key)]);
    const ends = [["", say("none")], ...nodes];
    return [
      this.text("step", said.step, { placeholder: "(1)-①" }),
      this.select("from", ends, said.from),
      this.select("to", ends, said.to),
      this.select("via", ends, said.via),
      this.radios("kind", told.kinds.map((kind) => [kind, say(`figure-kind-${kind}`)]), said.kind),
      this.ticks("periods", said.periods),
      this.tick("note", said.note),
      this.tick("withheld", said.withheld),
    ];
  }

  ofRemark(said) {
    const words = said.text ?? "";
    const readOnly = this.desk.readOnly || (!this.isNew && this.row()?.state === "gone");
    this.field = editor({ words, label: say("figure-text"), terms: this.told.terms, readOnly, typed: () => this.typed() });
    const text = this.at("text", { host: el("div", { class: "writing text" }, this.field.host), read: () => this.field.read() });
    const wrong = el("p", { class: "finding error", role: "alert", hidden: true });
    this.textWrong = wrong;
    if (!this.isNew) {
      this.beside.set("step", { box: el("div", { class: "found-here" }) });
      return [this.beside.get("step").box, text, wrong];
    }
    const silent = this.silent();
    const step = silent.length > 0 ? this.select("step", silent.map((one) => [one, one]), said.step) : this.text("step", said.step, { placeholder: "(1)-①" });
    return [step, text, wrong];
  }

  /** What the fields say. */
  values() {
    const said = this.fields.values();
    for (const [key, { read }] of this.beside) if (read) said[key] = read();
    return said;
  }

  /** What is to be done. */
  then() {
    const { table, key } = this.writes;
    const said = this.values();
    if (table === "title") return { then: "title", said };
    return this.isNew ? { then: "add", table, said } : { then: "write", table, key, said };
  }

  typed() {
    if (this.desk.readOnly) return;
    this.dirty = true;
    this.mind();
    if (!this.field?.isComposing()) this.desk.drafted();
  }

  mind() {
    this.state.textContent = this.desk.readOnly || (this.isNew && !this.dirty) ? "" : say(this.dirty ? "dirty" : "clean");
    this.state.dataset.dirty = this.dirty;
  }

  /** Writes what is typed; who asks again meanwhile waits for the same. */
  save() {
    this.saving ??= this.saveNow().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveNow() {
    if (!this.isOpen || !this.fields || this.desk.readOnly) return;
    if (!this.dirty && !this.isNew) return this.back();
    const { table, key } = this.writes;
    const before = JSON.stringify(this.values());
    this.fields.clear();
    if (this.textWrong) this.textWrong.hidden = true;
    const done = await this.send({ ...this.then(), hash: this.hash }, (fault) => {
      if (fault.fault === "conflict") this.conflict(fault.theirs);
      else if (fault.fault === "field" && fault.field === "text") {
        this.textWrong.textContent = sayWrong(fault);
        this.textWrong.hidden = false;
        this.field.focus();
      } else if (!this.fields.tell(fault)) notify(sayWrong(fault), "wrong");
    });
    if (!done || !this.fields) return;
    if (before !== JSON.stringify(this.values())) {
      // What was typed meanwhile is still to be saved, on top of what was saved now.
      await this.read();
      if (key === null) {
        this.writes = { table, key: this.rows(table).at(-1)?.key ?? null };
        if (table === "remark") this.writes.key = JSON.parse(before).step;
      }
      this.hash = this.row()?.hash ?? "";
      await this.desk.wrote(done);
      return;
    }
    this.writes = null;
    this.dirty = false;
    await this.desk.wrote(done);
    document.getElementById(key === null && table !== "title" ? `figure-add-${table}` : `figure-${table}-${key ?? ""}`)?.focus();
  }

  /** A row goes, at once or as a change. */
  async remove(table, row) {
    if (!(await this.desk.mayLeave())) return;
    this.writes = null;
    const done = await this.send({ then: "remove", table, key: row.key, hash: row.hash }, (fault) => notify(fault.fault === "conflict" ? say("fault-moved") : sayFault(fault), "wrong"));
    await this.desk.wrote(done);
    (document.getElementById(`figure-${table}-${row.key}`) ?? document.getElementById(`figure-add-${table}`))?.focus();
  }

  /** Has something done; what is wrong is told by the caller. */
  async send(asked, refused) {
    const { desk, place, layer } = this;
    try {
      const done = await order("/api/figure", { town: desk.town, case: place.case, form: place.form, path: place.path, layer: layer.path, change: this.change, ...asked });
      if (done.by_hand?.length > 0) notify(say("by-hand-note", done.by_hand.length), "wrong");
      else notify(say("saved"));
      return done;
    } catch (fault) {
      refused(fault);
      return null;
    }
  }

  /** What stands there now beside what is typed; neither is lost. */
  conflict(theirs) {
    const words = (said) => {
      if (said === null || said === undefined) return say("nothing");
      const shown = ([key, word]) => `${say(`figure-${key}`)}：${["from", "to", "via"].includes(key) ? this.nameOf(word) : key === "zone" || key === "kind" ? say(`figure-${key}-${word}`) : word === "true" ? say("figure-yes") : word}`;
      return Object.entries(said).filter(([, word]) => word !== "").map(shown).join("\n");
    };
    const useMine = async () => {
      this.hash = theirs.hash;
      this.conflictBox.hidden = true;
      await this.save();
    };
    const useTheirs = async () => {
      this.dirty = false;
      await this.renew();
      this.desk.drafted();
    };
    this.conflictBox.replaceChildren(
      el("p", { role: "alert" }, say("conflict")),
      el(
        "div",
        { class: "sides" },
        el("section", {}, el("h3", {}, say("mine")), el("pre", { class: "mine", tabIndex: 0 }, words(this.values())), theirs.written ? el("button", { type: "button", class: "primary", onclick: useMine }, say("use-mine")) : ""),
        el("section", {}, el("h3", {}, say("theirs")), el("pre", { class: "theirs", tabIndex: 0 }, words(theirs.written)), el("button", { type: "button", onclick: useTheirs }, say("use-theirs"))),
      ),
    );
    this.conflictBox.hidden = false;
  }

  /** Shows what is wrong: at the field of the row that is written, beside the name of another row, and what belongs to no row below. */
  tell(findings) {
    if (!this.isOpen || !this.told || !this.found) return;
    const here = findings.list.filter((found) => found.path === this.layer.path);
    const parts = here.map((found) => ({ found, row: (found.part ?? "").split("#")[0], field: (found.part ?? "").split("#")[1] ?? "" }));
    const open = this.openRow();
    for (const { box } of this.beside?.values() ?? []) box.replaceChildren();
    this.rowFound?.replaceChildren();
    for (const count of this.host.querySelectorAll(".wrong-of")) {
      const of = parts.filter(({ row }) => row === count.dataset.row).map(({ found }) => found.level);
      const errors = of.filter((level) => level === "error").length;
      const warnings = of.filter((level) => level === "warning").length;
      count.replaceChildren(errors ? el("span", { class: "badge error" }, say("errors", errors)) : "", " ", warnings ? el("span", { class: "badge warning" }, say("warnings", warnings)) : "");
    }
    for (const { found, field } of parts.filter(({ row }) => open !== null && row === open)) (this.beside.get(field)?.box ?? this.rowFound).append(foundIn(found, null, this.desk));
    if (this.writes?.table === "remark") this.field?.mark(parts.filter(({ row, field, found }) => row === open && field === "text" && found.within).map(({ found }) => found));
    this.found.replaceChildren(...parts.filter(({ row }) => row !== open).map(({ found, row }) => foundIn(found, row ? () => this.lead(row) : null, this.desk)));
  }

  /** The row that is written, as what is wrong names it: a new one by the place that it will have. */
  openRow() {
    if (!this.writes) return null;
    const { table, key } = this.writes;
    if (table === "title") return "title";
    if (key !== null && table === "arrow") return `arrow/${Number(this.row()?.key ?? key) + (this.isAnother() ? 1 : 0)}`;
    if (key !== null) return `${table}/${key}`;
    if (!this.dirty) return null;
    if (table === "arrow") return `arrow/${this.layer.arrows.length}`;
    if (table === "remark") return `remark/${this.values().step}`;
    const ids = new Set(this.layer.nodes.map((node) => node.key));
    let number = 1;
    while (ids.has(`box-${number}`)) number += 1;
    return `node/box-${number}`;
  }

  /** Whether the arrow that is typed comes as a change in place of the one that is there, behind which it then stands. */
  isAnother() {
    const row = this.row();
    if (!this.dirty || !this.change || !row || row.state) return false;
    const said = this.values();
    return ["step", "from", "to", "via", "kind"].some((key) => said[key].trim() !== row.said[key]);
  }

  /** Opens the row that something is wrong with. */
  lead(row) {
    const [table, ...key] = row.split("/");
    if (table === "title" || this.rows(table).some((one) => one.key === key.join("/"))) this.write(table, table === "title" ? "" : key.join("/"));
  }
}
