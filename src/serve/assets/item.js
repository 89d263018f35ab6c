// The middle of the desk: one item with its guidance, where it is written, its words, and what is wrong with them.

import { ask, order } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { editor } from "./editor.js";
import { field } from "./fields.js";
import { foundIn } from "./findings.js";
import { drawMarks } from "./marks.js";
import { cite, say, sayFault } from "./words.js";

export class ItemPane {
  constructor(host, desk) {
    this.host = host;
    this.desk = desk;
    this.item = null;
    this.layer = null;
    this.field = null;
    this.edit = null;
    this.draw();
  }

  /** What is typed and not saved, as the program takes it; none where nothing is. */
  get drafts() {
    return this.edit ? [this.edit] : [];
  }

  get isDirty() {
    return this.edit !== null;
  }

  /** Opens an item; what is not saved is asked for first by the caller. */
  async open(place) {
    const { town } = this.desk;
    const item = await ask("/api/item", { town, case: place.case, form: place.form, path: place.path });
    this.edit = null;
    this.item = item;
    this.layer = this.usual(item);
    this.draw();
  }

  /** Reads the item again after somebody wrote. */
  async renew() {
    if (!this.item) return;
    const { case: of, form, path, town } = this.item;
    let item;
    try {
      item = await ask("/api/item", { town, case: of, form, path });
    } catch {
      if (!this.isDirty) {
        this.item = null;
        this.draw();
      }
      return;
    }
    const same = this.layers(item).find((layer) => layer.path === this.layer?.path);
    if (this.isDirty) {
      const isOther = (same?.hash ?? "") !== this.edit.hash;
      if (isOther) this.conflict({ written: same?.written ?? null, hash: same?.hash ?? "" });
      return;
    }
    this.item = item;
    this.layer = same ?? this.usual(item);
    this.draw();
  }

  /** The layer that is printed, else the municipality's own. */
  usual(item) {
    const written = item.layers.filter((layer) => layer.written !== null);
    return written.at(-1) ?? item.layers.at(-1) ?? null;
  }

  /** All texts that can be written from here: the item's own and the shared texts that it uses. */
  layers(item) {
    return [...item.layers, ...item.fragments.map((fragment) => ({ ...fragment.layer, fragment: fragment.id }))];
  }

  draw() {
    this.field?.destroy?.();
    this.field = null;
    const { item } = this;
    if (!item) {
      this.host.replaceChildren(el("p", { class: "empty" }, say("no-entry")));
      return;
    }
    const readOnly = this.desk.readOnly;
    const badges = [
      item.important ? el("span", { class: "badge plain" }, say("important")) : null,
      item.required ? el("span", { class: "badge plain" }, say("required")) : null,
      item.withheld ? el("span", { class: "badge plain" }, say("withheld")) : null,
      item.review === "reviewed" ? el("span", { class: "badge reviewed" }, say("reviewed")) : null,
      item.review === "lifted" ? el("span", { class: "badge lifted" }, say("lifted")) : null,
    ].filter(Boolean);
    this.found = el("div", { class: "found-here" });
    this.conflictBox = el("div", { class: "conflict", hidden: true });
    this.importantBox = el("p", { class: "important-note", role: "status", hidden: true });
    this.state = el("span", { class: "state", role: "status" });
    this.counted = el("span", { class: "counted" });
    this.saveButton = el("button", { type: "button", class: "primary", onclick: () => this.save() }, say("save"), el("kbd", {}, "Ctrl+S"));
    this.discardButton = el("button", { type: "button", onclick: () => this.discard() }, say("discard"));
    const heading = el("h2", { id: "item-heading" }, item.label || item.trail.at(-1) || item.id);
    this.host.setAttribute("aria-labelledby", "item-heading");
    this.host.replaceChildren(
      el("p", { class: "trail" }, [this.desk.chapterOf(item), ...item.trail].filter(Boolean).join(" › ")),
      heading,
      el("p", { class: "badges" }, ...badges, el("code", { class: "id" }, item.path)),
      item.guidance ? el("section", { class: "guidance", "aria-label": say("guidance") }, el("h3", {}, say("guidance")), el("p", {}, item.guidance)) : "",
      item.from ? el("p", { class: "hint" }, say("from-note", item.from)) : "",
      this.where(),
      this.writing(readOnly),
      el("div", { class: "save-bar" }, ...(readOnly ? [] : [this.saveButton, this.discardButton]), this.state, this.marking(readOnly), el("span", { class: "space" }), this.counted, ...this.signing(readOnly)),
      this.conflictBox,
      this.importantBox,
      this.found,
      this.marks(),
      ...this.uses(readOnly),
      ...item.registers.map((one) => el("section", { class: "register" }, el("h3", {}, `${say("registers")}（${say(one.register)}）`), el("p", { class: "printed" }, one.text))),
    );
    this.mind();
    this.tell(this.desk.findings);
  }

  /** Whose text is written. */
  where() {
    const { item, layer } = this;
    if (layer?.fragment) {
      const back = el("button", { type: "button", onclick: () => this.choose(this.usual(item)) }, say("back-to-item"));
      return el("p", { class: "where-fragment" }, el("span", { class: "chip" }, `${say("fragment")}：${layer.fragment}`), say("fragment-note"), back);
    }
    if (item.layers.length < 2) return "";
    const isFiled = item.layers.length > 2;
    const buttons = item.layers.map((one) => {
      const file = isFiled ? `（${say(one.path.endsWith("/common.md") ? "all-files" : "this-file")}）` : "";
      const input = el("input", { type: "radio", name: "layer", checked: one.path === layer.path });
      input.addEventListener("change", () => this.choose(one));
      return el("label", { class: "option" }, input, el("span", {}, `${say(one.owner)}${file}`));
    });
    const note = layer.owner === "shared" ? say("shared-note") : layer.appended ? say("appended") : say("own-note");
    return el("fieldset", { class: "options layers" }, el("legend", {}, say("where")), ...buttons, el("p", { class: "hint" }, note));
  }

  /** What the chosen file would begin with: of a municipality without words of its own the shared ones. */
  get begins() {
    if (this.layer.written !== null || this.layer.fragment) return this.layer.written;
    const at = this.item.layers.indexOf(this.layer);
    return this.item.layers.slice(0, at).findLast((layer) => layer.written !== null)?.written ?? null;
  }

  writing(readOnly) {
    const { item } = this;
    if (!this.layer) return "";
    const isText = item.half === "body" || this.layer.fragment;
    const begins = this.begins;
    const how = { readOnly, typed: (written) => this.typed(written) };
    if (isText) {
      const label = item.label || item.trail.at(-1) || item.id;
      this.field = editor({ words: begins ?? "", label, terms: item.terms, readOnly, typed: how.typed });
    } else {
      this.field = field(item, begins, how);
    }
    return el("div", { class: `writing ${isText ? "text" : "value"}` }, this.field.host);
  }

  /** As which change the words are written: they get its marks where they differ from the edition. */
  marking(readOnly) {
    const one = this.desk.caseOf(this.item.case);
    if (readOnly || this.layer?.fragment || !one?.edition || one.changes.length === 0) return "";
    const select = el("select", { "aria-label": say("save-as"), title: say("save-as") }, el("option", { value: "" }, say("no-mark")), ...one.changes.map((change) => el("option", { value: change.id }, change.reason)));
    // A change that is not there any more is nothing to write as.
    if (!one.changes.some((change) => change.id === this.desk.change[one.id])) delete this.desk.change[one.id];
    select.value = this.desk.change[one.id] ?? "";
    select.addEventListener("change", () => {
      this.desk.change[one.id] = select.value;
      this.mindImportance();
    });
    return el("label", { class: "as-change" }, el("span", {}, say("change")), select);
  }

  /** The marks of the item. */
  marks() {
    const { item } = this;
    if (item.marks.length === 0) return "";
    const name = item.label || item.trail.at(-1) || item.id;
    return el("section", { class: "marks", "aria-label": say("marks-here") }, el("h3", {}, say("marks-here")), ...drawMarks(this.desk, { of: item.case, name, marks: item.marks }));
  }

  /** Says what a change to the item means for the form, while it is written too. */
  mindImportance() {
    const { item } = this;
    const one = this.desk.caseOf(item.case);
    const chosen = this.isDirty && !this.layer?.fragment ? this.desk.change[item.case] : undefined;
    const ids = new Set([...item.marks.map((mark) => mark.change), ...(chosen ? [chosen] : [])]);
    const isLate = (change) => ids.has(change.id) && change.timing === "事後" && !change.exempt;
    const late = (one?.changes ?? []).filter(isLate);
    this.importantBox.hidden = !item.important || ids.size === 0;
    this.importantBox.dataset.late = late.length > 0;
    this.importantBox.textContent = late.length > 0 ? say("important-late", late.map((change) => change.reason).join("、")) : say("important-note");
  }

  signing(readOnly) {
    if (readOnly || this.item.review === null || this.item.review === undefined || this.item.review === "reviewed") return [];
    return [el("button", { type: "button", onclick: () => this.sign() }, say("sign"))];
  }

  /** The shared texts that the item uses, and where each is printed. */
  uses(readOnly) {
    return this.item.fragments.map((fragment) => {
      const pages = fragment.uses.flatMap((use) => this.desk.printedPages(use));
      const list = fragment.uses.map((use) =>
        el("li", {}, el("button", { type: "button", class: "link", onclick: () => this.desk.open(use) }, use.label, " ", cite(this.desk.printedPages(use)))),
      );
      const actions = readOnly
        ? []
        : [
            el("button", { type: "button", onclick: () => this.choose({ ...fragment.layer, fragment: fragment.id }) }, say("edit-everywhere")),
            el("button", { type: "button", onclick: () => this.ownWords(fragment) }, say("only-here")),
          ];
      return el(
        "section",
        { class: "fragment", "aria-label": `${say("fragment")} ${fragment.id}` },
        el("h3", {}, el("span", { class: "chip" }, `${say("fragment")}：${fragment.id}`), " ", say("printed-at", fragment.uses.length, cite(pages))),
        el("p", { class: "printed" }, fragment.layer.written),
        el("div", { class: "row" }, ...actions),
        this.elsewhere(fragment.id, list),
      );
    });
  }

  /** Where a shared text is printed: here at once, in the other municipalities once that is unfolded. */
  elsewhere(id, list) {
    const others = el("div", { class: "elsewhere" });
    const fold = el("details", {}, el("summary", {}, say("uses")), el("ul", {}, ...list), others);
    fold.addEventListener("toggle", async () => {
      if (!fold.open || this.desk.about.towns.length < 2) return;
      others.replaceChildren(el("p", { class: "hint", role: "status" }, "…"));
      try {
        const { towns } = await ask("/api/uses", { town: this.desk.town, words: id });
        const places = (town) => town.uses.map((use) => el("li", {}, el("button", { type: "button", class: "link", onclick: () => this.desk.visit(town.town, use) }, use.label)));
        const drawn = towns.map((town) => el("section", {}, el("h4", {}, say("uses-of", town.name ?? town.town, town.uses.length)), el("ul", {}, ...places(town))));
        others.replaceChildren(...(drawn.length > 0 ? drawn : [el("p", { class: "hint" }, say("no-uses-elsewhere"))]));
      } catch (fault) {
        others.replaceChildren(el("p", { class: "hint" }, sayFault(fault)));
      }
    });
    return fold;
  }

  /** Puts the words of a shared text in place of its use, in the municipality's own entry. */
  async ownWords(fragment) {
    if (!(await this.desk.mayLeave())) return;
    const own = this.item.layers.findLast((layer) => layer.owner === "own");
    if (!own) return;
    const now = own.written ?? this.usual(this.item).written ?? "";
    const use = new RegExp(`\\{\\{>\\s*${fragment.id.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*\\}\\}`, "g");
    this.layer = own;
    this.draw();
    // A measure without words of its own says those of its shared text and names it nowhere in them.
    this.field.write(now === "" ? fragment.layer.written : now.replace(use, () => fragment.layer.written));
  }

  async choose(layer) {
    if (!(await this.desk.mayLeave())) {
      this.draw();
      return;
    }
    this.edit = null;
    this.layer = layer;
    this.draw();
    this.field.focus();
    this.desk.drafted();
  }

  typed(written) {
    const { item, layer } = this;
    const isSame = JSON.stringify(written) === JSON.stringify(layer.written ?? (layer.fragment || item.half === "body" ? "" : null));
    this.edit = isSame
      ? null
      : { town: item.town, case: item.case, form: item.form, path: item.path, layer: layer.path, hash: layer.hash, written };
    this.mind();
    // What an input method has not settled yet is not asked about: it tells when it has.
    if (!this.field?.isComposing?.()) this.desk.drafted();
  }

  /** Says whether something is not saved, and how long it is. */
  mind() {
    this.saveButton.disabled = !this.isDirty;
    this.discardButton.disabled = !this.isDirty;
    this.state.textContent = this.desk.readOnly ? "" : say(this.isDirty ? "dirty" : "clean");
    this.state.dataset.dirty = this.isDirty;
    this.mindImportance();
    const words = this.field?.read();
    if (typeof words === "string" && this.item.half === "body") {
      const count = [...words.replace(/\s/g, "")].length;
      this.counted.textContent = this.item.most ? say("limit", count, this.item.most) : say("count", count);
    } else {
      this.counted.textContent = "";
    }
  }

  discard() {
    this.edit = null;
    this.draw();
    this.desk.drafted();
  }

  /** Saves what is typed; who asks again meanwhile waits for the same. */
  save() {
    this.saving ??= this.saveNow().finally(() => (this.saving = null));
    return this.saving;
  }

  async saveNow() {
    if (!this.edit) return;
    const edit = this.edit;
    this.state.textContent = say("saving");
    try {
      const change = edit.layer.startsWith("content/fragments/") ? "" : this.desk.change[edit.case];
      const done = await order("/api/save", change ? { ...edit, change } : edit);
      // What was typed meanwhile is still to be saved, on top of what was saved now.
      if (this.edit === edit) this.edit = null;
      else if (this.edit && done.hash !== undefined) this.edit = { ...this.edit, hash: done.hash };
      this.layer = { ...this.layer, hash: done.hash ?? this.layer.hash };
      if (done.by_hand?.length > 0) notify(say("by-hand-note", done.by_hand.length), "wrong");
      else notify(say("saved"));
      await this.desk.wrote(done);
    } catch (fault) {
      if (fault.fault === "conflict") this.conflict(fault.theirs);
      else notify(sayFault(fault), "wrong");
      this.mind();
    }
  }

  /** Two texts side by side; neither is lost. */
  conflict(theirs) {
    if (!this.edit) return;
    const shown = (written) => (written === null || written === undefined ? say("nothing") : typeof written === "string" ? written : Array.isArray(written) ? written.join("\n") : String(written));
    const mine = this.edit.written;
    const useMine = async () => {
      this.edit = { ...this.edit, hash: theirs.hash };
      this.conflictBox.hidden = true;
      await this.save();
    };
    const useTheirs = async () => {
      this.edit = null;
      this.conflictBox.hidden = true;
      await this.renew();
      this.desk.drafted();
    };
    // Who writes on after looking at both saves over what he saw.
    this.layer = { ...this.layer, hash: theirs.hash };
    this.conflictBox.replaceChildren(
      el("p", { role: "alert" }, say("conflict")),
      el(
        "div",
        { class: "sides" },
        el("section", {}, el("h3", {}, say("mine")), el("pre", { class: "mine", tabIndex: 0 }, shown(mine)), el("button", { type: "button", class: "primary", onclick: useMine }, say("use-mine"))),
        el("section", {}, el("h3", {}, say("theirs")), el("pre", { class: "theirs", tabIndex: 0 }, shown(theirs.written)), el("button", { type: "button", onclick: useTheirs }, say("use-theirs"))),
      ),
    );
    this.conflictBox.hidden = false;
  }

  /** Asks who read an item, and signs it. */
  sign(item = this.item) {
    const by = el("input", { type: "text", id: "sign-by", required: true, value: this.desk.signer.by ?? "" });
    const on = el("input", { type: "text", id: "sign-on", required: true, placeholder: "令和8年4月1日", value: this.desk.signer.on ?? "" });
    const form = el(
      "form",
      { method: "dialog" },
      el("label", { htmlFor: "sign-by" }, say("sign-by")),
      by,
      el("p", { class: "hint" }, say("sign-note")),
      el("label", { htmlFor: "sign-on" }, say("sign-on")),
      on,
      el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say("sign")), el("button", { type: "button", onclick: () => box.close() }, say("cancel"))),
    );
    const box = dialog(say("sign"), form);
    form.addEventListener("submit", async () => {
      this.desk.signer = { by: by.value, on: on.value };
      try {
        const done = await order("/api/sign", { town: item.town, case: item.case, path: `${item.form}${item.row}`, by: by.value, on: on.value });
        notify(say("signed"));
        await this.desk.wrote(done);
      } catch (fault) {
        notify(sayFault(fault), "wrong");
      }
    });
  }

  /** Shows what is wrong with this item, below it and in its words. */
  tell(findings) {
    if (!this.item) return;
    const { item } = this;
    const isHere = (found) => found.item && found.item[0] === item.case && found.item[1] === item.form && found.item[2] === item.path;
    const here = findings.list.filter(isHere);
    this.found.replaceChildren(...here.map((found) => foundIn(found, null, this.desk)));
    const inText = (found) => found.within && (found.path === this.layer?.path || this.layer?.fragment) && found.path === this.layer.path;
    this.field?.mark?.(here.filter(inText));
  }
}
