// The records of a repeat group, the files and the figures of a case, the measures of a checklist: added, removed, put in another order.

import { ask, order } from "./ask.js";
import { el, notify } from "./dom.js";
import { say, sayFault } from "./words.js";

export class GroupPane {
  constructor(host, desk) {
    this.host = host;
    this.desk = desk;
    this.of = null;
    this.layer = null;
  }

  get isOpen() {
    return this.of !== null;
  }

  close() {
    this.of = null;
    this.layer = null;
  }

  /** Opens a group: case, form, section, id. */
  async open(of) {
    this.of = of;
    this.layer = null;
    await this.renew();
  }

  async renew() {
    if (!this.of) return;
    const of = this.of;
    const told = await ask("/api/group", { town: this.desk.town, ...of });
    if (this.of !== of) return;
    this.told = told;
    const written = told.layers.filter((layer) => layer.written);
    this.layer = told.layers.find((layer) => layer.path === this.layer?.path) ?? written.at(-1) ?? told.layers.at(-1);
    this.draw();
  }

  draw() {
    const { told, layer, desk } = this;
    const { readOnly } = desk;
    this.host.setAttribute("aria-labelledby", "item-heading");
    const listed = layer?.records ?? [];
    const rows = listed.map((record, index) => this.row(record, index, listed.length));
    this.host.replaceChildren(
      el("p", { class: "trail" }, told.heading),
      el("h2", { id: "item-heading" }, say("group-of", this.label, listed.length)),
      el("p", { class: "badges" }, el("code", { class: "id" }, this.isFiles || this.isFlows || this.isMeasures ? layer.path : `${told.section}/${told.group}`)),
      this.isFlows ? el("p", { class: "hint" }, say("case-flows-note")) : "",
      told.guidance ? el("section", { class: "guidance", "aria-label": say("guidance") }, el("h3", {}, say("guidance")), el("p", {}, told.guidance)) : "",
      this.where(),
      readOnly || this.isFiles || this.isMeasures ? "" : this.marking(),
      el("ol", { class: "records" }, ...rows),
      listed.length === 0 ? el("p", { class: "hint" }, say("no-records")) : "",
      readOnly ? "" : this.isMeasures ? this.addingMeasure() : this.adding(listed),
    );
  }

  /** Whether it is the list of files of the case, which carries no mark. */
  get isFiles() {
    return this.told.group === "@file";
  }

  /** Whether it is the list of figures of the case, each a file that is drawn part by part. */
  get isFlows() {
    return this.told.group === "@flow";
  }

  /** What one of them is called. */
  get label() {
    return this.isFlows ? say("case-flows") : this.told.label;
  }

  /** Whether an item of the tree belongs to a record. */
  isOf(item, record) {
    const { section, group } = this.told;
    if (this.isMeasures) return item.path === record.id;
    if (this.isFiles) return item.path.split("/")[1] === record.id;
    if (this.isFlows) return item.figure === true && `${item.path}/`.startsWith(`${section}/${record.id}/`);
    return item.path.startsWith(`${section}/${group}/${record.id}/`);
  }

  /** Whether it is the measures of a sheet, whose marks stand in their words. */
  get isMeasures() {
    return this.told.group === "@measures";
  }

  where() {
    const { told, layer } = this;
    if (told.layers.length < 2) return "";
    const buttons = told.layers.map((one) => {
      const file = told.layers.length > 2 ? `（${say(one.path.endsWith("/common.md") ? "all-files" : "this-file")}）` : "";
      const input = el("input", { type: "radio", name: "layer", checked: one.path === layer.path });
      input.addEventListener("change", () => {
        this.layer = one;
        this.draw();
      });
      return el("label", { class: "option" }, input, el("span", {}, `${say(one.owner)}${file}`));
    });
    const note = layer.owner === "shared" ? say("shared-note") : layer.written ? say("own-note") : say("group-own-note");
    return el("fieldset", { class: "options layers" }, el("legend", {}, say("where")), ...buttons, el("p", { class: "hint" }, note));
  }

  /** As which change records come and go. */
  marking() {
    const one = this.desk.caseOf(this.of.case);
    if (!one || one.changes.length === 0) return "";
    const select = el("select", { id: "group-change" }, el("option", { value: "" }, say("no-mark")), ...one.changes.map((change) => el("option", { value: change.id }, change.reason)));
    if (!one.changes.some((change) => change.id === this.desk.change[one.id])) delete this.desk.change[one.id];
    select.value = this.desk.change[one.id] ?? "";
    select.addEventListener("change", () => (this.desk.change[one.id] = select.value));
    return el("p", { class: "row" }, el("label", { htmlFor: "group-change" }, say("save-as")), select);
  }

  row(record, index, count) {
    const { desk } = this;
    const name = record.title || record.id;
    const remove = say(this.isFlows ? "case-flows-remove" : "record-remove");
    const state = record.state ? el("span", { class: "badge changed" }, say(record.state === "new" ? "record-new" : "record-gone")) : "";
    const button = (label, words, act, disabled = false) => el("button", { type: "button", class: "icon", "aria-label": `${label}：${name}`, title: label, disabled, onclick: act }, words);
    const actions = desk.readOnly
      ? []
      : [
          button(say("record-up"), "↑", () => this.change({ then: "move", id: record.id, to: index - 1 }), index === 0),
          button(say("record-down"), "↓", () => this.change({ then: "move", id: record.id, to: index + 1 }), index === count - 1),
          el("button", { type: "button", class: "small", "aria-label": `${remove}：${name}`, disabled: record.state === "gone", onclick: () => this.change({ then: "remove", id: record.id }) }, remove),
        ];
    const first = desk.items.find((item) => item.case === this.of.case && item.form === this.of.form && this.isOf(item, record));
    const title = first ? el("button", { type: "button", class: "link", onclick: () => desk.open(first) }, name) : el("span", {}, name);
    return el("li", {}, el("div", { class: "record" }, el("span", { class: "name" }, title, " ", state, el("br"), el("code", {}, record.id)), ...actions), this.isMeasures ? this.kind(record) : "");
  }

  /** A choice of words, one of them nothing. */
  choice(words, chosen, properties) {
    const select = el("select", properties, ...words.map((word) => el("option", { value: word }, word || say("timing-none"))));
    select.value = chosen;
    return select;
  }

  /** Of what kind a measure is, on which item it rests, and what was answered. */
  kind(record) {
    const { told, desk } = this;
    const words = (label) => ({ "aria-label": `${label}：${record.id}`, title: label, disabled: desk.readOnly });
    const category = this.choice(told.categories, record.category, words(say("measure-category")));
    const standing = this.choice(["", ...told.standings], record.standing, words(say("measure-standing")));
    const item = el("input", { type: "text", value: record.item, placeholder: say("measure-item"), autocomplete: "off", ...words(say("measure-item")), disabled: false, readOnly: desk.readOnly });
    const set = () => this.change({ then: "set", id: record.id, category: category.value, standing: standing.value || null, item: item.value.trim() });
    for (const input of [category, standing, item]) input.addEventListener("change", set);
    return el("div", { class: "row kind" }, category, standing, item, el("span", { class: "badge plain" }, say("measure-answer", record.answer)));
  }

  addingMeasure() {
    const { told } = this;
    const id = el("input", { type: "text", id: "measure-id", required: true, pattern: "[a-z0-9\\-]+", placeholder: "new-measure", autocomplete: "off" });
    const text = el("textarea", { id: "measure-text", required: true, rows: 3, class: "line" });
    const category = this.choice(told.categories, told.categories[0], { id: "measure-category" });
    const standing = this.choice(["", ...told.standings], told.standings[0], { id: "measure-standing" });
    const form = el(
      "form",
      { class: "adding" },
      el("h3", {}, say("record-add", told.label)),
      el("label", { htmlFor: "measure-text" }, say("measure-text")), text,
      el("label", { htmlFor: "measure-category" }, say("measure-category")), category,
      el("label", { htmlFor: "measure-standing" }, say("measure-standing")), standing,
      el("label", { htmlFor: "measure-id" }, say("measure-id")),
      el("p", { class: "row" }, id, el("button", { type: "submit", class: "primary" }, say("record-add-it"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ then: "add", id: id.value.trim(), text: text.value, category: category.value, standing: standing.value || null });
    });
    return form;
  }

  adding(listed) {
    const { told } = this;
    const id = el("input", { type: "text", id: "record-id", required: true, pattern: "[a-z0-9\\-]+", placeholder: "new-record", autocomplete: "off" });
    const title = el("input", { type: "text", id: "record-title", class: "line", autocomplete: "off" });
    const owner = el("select", { id: "record-owner" }, el("option", { value: "own" }, say("own")), el("option", { value: "shared" }, say("shared")));
    const form = el(
      "form",
      { class: "adding" },
      el("h3", {}, say("record-add", this.label)),
      ...(told.titled ? [el("label", { htmlFor: "record-title" }, say(this.isFlows ? "figure-title" : "record-title")), title] : []),
      ...(this.isFlows ? [el("label", { htmlFor: "record-owner" }, say("where")), owner] : []),
      el("label", { htmlFor: "record-id" }, say("change-id")),
      el("p", { class: "row" }, id, el("button", { type: "submit", class: "primary" }, say("record-add-it"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ then: "add", id: id.value.trim(), title: title.value, ...(this.isFlows ? { owner: owner.value } : {}) });
    });
    const others = told.files.filter((file) => !listed.some((record) => record.id === file));
    if (others.length === 0) return form;
    const select = el("select", { id: "record-known" }, ...others.map((file) => el("option", { value: file }, told.names?.[file] ? `${told.names[file]}（${file}）` : file)));
    const known = el("div", { class: "adding" }, el("label", { htmlFor: "record-known" }, say(this.isFlows ? "case-flows-known" : "record-known")), el("p", { class: "row" }, select, el("button", { type: "button", onclick: () => this.change({ then: "add", id: select.value, title: null }) }, say("record-add-it"))));
    return el("div", {}, form, known);
  }

  async change(then) {
    const { desk, layer, of } = this;
    try {
      const asked = { town: desk.town, ...of, hash: layer.hash, ...then };
      const done = this.isMeasures ? await order("/api/measure", asked) : await order("/api/record", { ...asked, layer: layer.path, change: desk.change[of.case] || null });
      notify(done.gone?.length > 0 ? say("case-flows-gone", done.gone.length) : say("saved"));
      await desk.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
      if (fault.fault === "conflict") await this.renew();
    }
  }
}
