// The desk: one municipality with its tree, one item, its pages. It holds no text of its own: all is in the program.

import { Answers } from "./answers.js";
import { ME, ask, listen, order } from "./ask.js";
import { Beginning } from "./begin.js";
import { Changes } from "./changes.js";
import { atMost, debounce, dialog, el, notify, steadily } from "./dom.js";
import { drawFindings } from "./findings.js";
import { FigurePane } from "./figure.js";
import { Finishing } from "./finish.js";
import { GroupPane } from "./group.js";
import { HEARING, HearingPane } from "./hearing.js";
import { ItemPane } from "./item.js";
import { Making } from "./make.js";
import { PagesPane } from "./pages.js";
import { Tree, itemsOf, walkByKeys } from "./tree.js";
import { cite, say, sayFault, speak } from "./words.js";

/** How long the pages of what was typed wait for what is wrong with it, in ms. */
const PATIENCE = 60;

const NOTHING = { list: [], errors: 0, warnings: 0, notes: 0 };
const at = (id) => document.getElementById(id);

class Desk {
  constructor(about) {
    this.about = about;
    this.readOnly = about.read_only;
    this.town = about.towns[0]?.slug ?? "";
    this.tree = { cases: [] };
    this.items = [];
    this.findings = NOTHING;
    this.place = null;
    this.found = null;
    this.signer = {};
    /** As which change the words of each case are written. */
    this.change = {};
    this.item = new ItemPane(at("item"), this);
    this.group = new GroupPane(at("item"), this);
    this.hearing = new HearingPane(at("item"), this);
    this.figure = new FigurePane(at("item"), this);
    this.pages = new PagesPane(this);
    this.changes = new Changes(at("changes"), this);
    this.leaves = new Tree(at("tree"), { open: (place) => this.open(place), openGroup: (of) => this.openGroup(of) });
    /** What each panel shows. */
    this.drawn = new Map();
    this.checking = 0;
    this.renewing = 0;
    this.askPages = steadily(() => this.pages.renew());
    this.askFindings = steadily(() => this.readFindings());
  }

  get drafts() {
    return [...this.item.drafts, ...this.figure.drafts];
  }

  /** The form that is looked at. */
  get form() {
    const one = this.tree.cases.find((one) => one.id === this.place?.case);
    return one?.forms.find((form) => form.prefix === this.place.form);
  }

  caseOf(id) {
    return this.tree.cases.find((one) => one.id === id);
  }

  chapterOf(item) {
    return this.items.find((one) => one.case === item.case && one.form === item.form && one.path === item.path)?.chapter;
  }

  /** Numbers printed on the pages of an item, as far as its form is looked at. */
  printedPages(item) {
    return item.case === this.place?.case && item.form === this.place?.form ? this.pages.printed(item.row) : [];
  }

  /** Goes to a municipality, and to one of its cases. */
  async enter(town, of = null) {
    this.town = town ?? "";
    at("town").value = this.town;
    this.place = null;
    this.found = null;
    this.findings = NOTHING;
    at("findings").replaceChildren();
    this.drawn.clear();
    await this.readTree();
    const cases = this.tree.cases.filter((one) => of === null || one.id === of);
    const first = cases.flatMap((one) => one.forms.filter((form) => form.chapters.length > 0).map((form) => ({ case: one.id, form: form.prefix })))[0];
    this.place = first ? { ...first, path: null } : null;
    this.group.close();
    this.hearing.close();
    this.figure.close();
    this.item.item = null;
    this.item.draw();
    const wanted = of === null ? this.wantedPlace() : null;
    if (wanted) await this.open(wanted);
    else this.pages.renew();
    await this.readFindings();
  }

  /** Goes to an item of another municipality. */
  async visit(town, place) {
    if (!(await this.mayLeave())) return;
    await this.enter(town);
    await this.open(place);
  }

  /** The municipalities, of which one may be new or gone; false where another one was entered. */
  async readTowns() {
    this.about = await ask("/api/desk");
    const { towns, step } = this.about;
    this.steps(step);
    const select = at("town");
    select.replaceChildren(...towns.map((town) => el("option", { value: town.slug }, town.name)));
    select.value = this.town;
    if (towns.some((town) => town.slug === this.town) || (towns.length === 0 && this.town === "")) return true;
    await this.enter(towns[0]?.slug);
    return false;
  }

  /** The item that the address names. */
  wantedPlace() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    if (wanted.get("town") !== this.town || !wanted.get("path")) return null;
    return { case: wanted.get("case"), form: wanted.get("form") ?? "", path: wanted.get("path") };
  }

  async readTree() {
    this.tree = this.town === "" ? { cases: [] } : await ask("/api/town", { town: this.town });
    this.items = itemsOf(this.tree);
    this.changes.forget();
    this.draw();
  }

  async readFindings() {
    if (this.town === "") return this.draw();
    this.checking += 1;
    const ticket = this.checking;
    const drafts = this.drafts;
    try {
      const found = drafts.length > 0
        ? await order("/api/check", { town: this.town, case: this.place.case, form: this.place.form, view: "clean", edits: drafts })
        : await ask("/api/findings", { town: this.town });
      if (ticket !== this.checking) return;
      this.findings = found;
      // First where somebody writes.
      this.item.tell(found);
      this.hearing.tell(found);
      this.figure.tell(found);
      this.drawLater();
    } catch (fault) {
      if (fault.fault === "superseded" || ticket !== this.checking) return;
      notify(sayFault(fault), "wrong");
    }
  }

  /** Draws what somebody who writes does not look at, once the browser has shown what he does. */
  drawLater() {
    cancelAnimationFrame(this.later);
    this.later = requestAnimationFrame(() => setTimeout(() => this.draw()));
  }

  draw() {
    const open = (place) => this.open(place);
    const { tree, findings, place, about } = this;
    this.leaves.draw(tree, findings, place);
    const towns = about.towns.filter((one) => one.slug !== this.town);
    if (!at("findings").hidden) this.drawOnce("findings", [tree, about, JSON.stringify(findings.list)], (panel) =>
      drawFindings(panel, { findings, open, towns, enter: (town, place) => this.visit(town, place), desk: this }));
    this.changes.draw();
    this.drawFound();
    const { errors, warnings } = this.findings;
    at("tab-tree").textContent = say("tree");
    at("tab-findings").replaceChildren(say("findings"), " ", el("span", { class: "number-of" }, String(errors + warnings)));
    at("tab-findings").dataset.wrong = errors > 0;
    at("tab-changes").textContent = say("changes");
    at("tab-found").textContent = say("found");
  }

  /** Draws a panel, unless it shows just this already: after most letters it does. */
  drawOnce(id, shows, draw) {
    const last = this.drawn.get(id);
    if (last?.every((one, index) => one === shows[index])) return;
    this.drawn.set(id, shows);
    draw(at(id));
  }

  /** Asks before what is not saved would be lost; it is never thrown away unasked. */
  async mayLeave() {
    for (const pane of [this.item, this.hearing, this.figure]) {
      if (pane.isDirty) await pane.save();
      if (pane.isDirty) return false;
    }
    return true;
  }

  async open(place) {
    if (!(await this.mayLeave())) return;
    const isOtherForm = place.case !== this.place?.case || place.form !== this.place?.form;
    this.group.close();
    const isHearing = place.form === HEARING;
    const isFigure = this.items.some((one) => one.figure && one.case === place.case && one.form === place.form && one.path === place.path);
    if (!isHearing) this.hearing.close();
    if (!isFigure) this.figure.close();
    try {
      this.place = { case: place.case, form: place.form, path: place.path };
      if (isHearing) await this.openHearing(this.place);
      else if (isFigure) await this.openFigure(this.place);
      else await this.item.open(place);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
      return;
    }
    history.replaceState(null, "", `#${new URLSearchParams({ town: this.town, ...this.place })}`);
    this.draw();
    this.pane("item");
    if (isOtherForm || !this.pages.told || this.pages.host.dataset.draft === "true") await this.pages.renew();
    if (!isHearing) this.pages.point(isFigure ? this.figure.told.row : this.item.item.row, true);
  }

  /** Opens a figure, which is written part by part. */
  async openFigure(place) {
    this.item.item = null;
    await this.figure.open(place);
  }

  /** Opens the hearing of a case, a row of it or the rows of a table, which no page shows. */
  async openHearing(place) {
    this.item.item = null;
    await this.hearing.open(place);
  }

  /** Opens the records of a group. */
  async openGroup(of) {
    if (!(await this.mayLeave())) return;
    const isOtherForm = of.case !== this.place?.case || of.form !== this.place?.form;
    this.place = { ...of, path: null };
    this.hearing.close();
    this.figure.close();
    this.item.item = null;
    this.item.draw();
    try {
      if (of.form === HEARING) await this.openHearing({ case: of.case, form: of.form, path: `${of.section}/` });
      else await this.group.open(of);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
    this.draw();
    this.pane("item");
    if (isOtherForm) await this.pages.renew();
    const first = this.items.find((item) => item.case === of.case && item.form === of.form && item.path.startsWith(`${of.section}/${of.group}/`));
    if (first) this.pages.point(first.row, true);
  }

  /** Opens the item of a row that was clicked on a page. */
  openRow(row) {
    const here = this.items.filter((one) => one.case === this.place.case && one.form === this.place.form);
    const item = here.find((one) => one.row === row) ?? here.find((one) => one.figure && row.startsWith(`${one.path}/`));
    if (item) this.open(item);
  }

  /** Opens what a row of the list of changes tells of: an item, the first of a record, a figure. */
  openChanged(row) {
    const isHere = (one) => one.case === this.place.case && one.form === this.place.form;
    const all = this.items.filter(isHere);
    const item = all.find((one) => one.row === row) ?? all.find((one) => one.row.startsWith(`${row}/`) || one.path.startsWith(`${row}/`)) ?? all.find((one) => one.figure && row.startsWith(`${one.path}/`));
    return item ? this.open(item) : undefined;
  }

  /** Something was typed. */
  drafted() {
    // At once both take longer, and what is wrong is the smaller part.
    atMost(PATIENCE, this.askFindings()).then(() => this.askPages());
  }

  /** Pages came: what cites them is written anew. */
  pagesCame() {
    this.changes.draw();
    if (this.item.item?.fragments.length > 0 && !this.item.isDirty) {
      for (const [index, section] of [...this.item.host.querySelectorAll("section.fragment")].entries()) {
        section.replaceWith(this.item.uses(this.readOnly)[index]);
      }
    }
  }

  /** This window wrote. */
  async wrote(done) {
    if (done?.step) this.steps(done.step);
    await this.renew();
  }

  /** All is read again. */
  async renew() {
    this.renewing += 1;
    const ticket = this.renewing;
    try {
      await this.readTree();
      await this.item.renew();
      await this.group.renew();
      await this.hearing.renew();
      await this.figure.renew();
      if (ticket !== this.renewing) return;
      this.pages.renew();
      await this.readFindings();
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  }

  steps(step) {
    for (const way of ["undo", "redo"]) {
      const what = step[way];
      at(way).disabled = this.readOnly || !what;
      at(way).textContent = say(way);
      at(way).title = what ? say(`${way}-of`, what) : say(way);
    }
  }

  async step(way) {
    if (this.readOnly || !(await this.mayLeave())) return;
    try {
      const done = await order(`/api/${way}`);
      notify(say(way === "undo" ? "undone" : "redone", done.what));
      if (await this.readTowns()) await this.wrote(done);
    } catch (fault) {
      notify(sayFault(fault), "wrong");
    }
  }

  async search(words) {
    if (words.trim() === "") return;
    this.found = { words, ...(await ask("/api/search", { town: this.town, words })) };
    this.tab("found");
  }

  drawFound() {
    const panel = at("found");
    if (panel.hidden) return;
    if (!this.found) {
      panel.replaceChildren(el("p", { class: "empty" }, say("search-hint")));
      return;
    }
    const { found, more } = this.found;
    panel.replaceChildren(
      el("p", { class: "hint", role: "status" }, found.length === 0 ? say("no-match") : say("matches", found.length), more ? ` ${say("more")}` : ""),
      el(
        "ul",
        { class: "matches" },
        ...found.map((one) =>
          el(
            "li",
            {},
            el(
              "button",
              { type: "button", class: "match", onclick: () => this.open(one) },
              el("span", { class: "name" }, one.name, " ", el("span", { class: "page" }, cite(this.printedPages(one)))),
              one.excerpt ? el("span", { class: "excerpt" }, one.excerpt[0], el("mark", {}, one.excerpt[1]), one.excerpt[2]) : "",
            ),
          ),
        ),
      ),
    );
  }

  tab(name) {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const isIt = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", isIt);
      tab.tabIndex = isIt ? 0 : -1;
      at(tab.getAttribute("aria-controls")).hidden = !isIt;
    }
    // What nobody sees is drawn when somebody looks.
    this.draw();
    if (name === "tree") at("tree").querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
    this.pane("tree");
  }

  /** On a narrow screen one pane is shown. */
  pane(name) {
    at("panes").dataset.pane = name;
    for (const button of document.querySelectorAll(".switch button")) button.setAttribute("aria-pressed", button.dataset.to === name);
  }

  /** The item before or after the open one. */
  next(step) {
    const index = this.items.findIndex((one) => one.case === this.place?.case && one.form === this.place?.form && one.path === this.place?.path);
    const item = this.items[index + step];
    if (item) this.open(item);
  }

  /** The next item with something wrong. */
  nextFinding(step) {
    this.nextOf((item) => this.findings.list.some((found) => found.item && found.item[0] === item.case && found.item[1] === item.form && found.item[2] === item.path), step);
  }

  /** The next item with a change. */
  nextChange(step) {
    this.nextOf((item) => item.changes.length > 0, step);
  }

  /** The next item of some, after the last the first again. */
  nextOf(isOne, step) {
    const some = this.items.filter(isOne);
    const order = (item) => this.items.indexOf(item);
    const index = this.items.findIndex((one) => one.path === this.place?.path && one.case === this.place?.case && one.form === this.place?.form);
    const item = step > 0 ? some.find((one) => order(one) > index) ?? some[0] : some.findLast((one) => order(one) < index) ?? some.at(-1);
    if (item) this.open(item);
  }
}

function showKeys() {
  const rows = [
    ["Ctrl+S", "key-save"], ["Ctrl+K", "key-search"], ["Alt+↑ / Alt+↓", "key-item"], ["F8 / Shift+F8", "key-finding"], ["F9 / Shift+F9", "key-change"],
    ["Ctrl+Alt+Z / Ctrl+Alt+Y", "key-undo"], ["Alt+P", "key-page"], ["PageUp / PageDown", "key-turn"], ["+ / − / 0", "key-zoom"],
  ];
  const table = el("table", { class: "keys" }, el("tbody", {}, ...rows.map(([keys, what]) => el("tr", {}, el("th", { scope: "row" }, el("kbd", {}, keys)), el("td", {}, say(what))))));
  const box = dialog(say("keys-title"), table, el("p", { class: "row" }, el("button", { type: "button", class: "primary", onclick: () => box.close() }, say("close"))));
}

async function begin() {
  const about = await ask("/api/desk");
  speak(about.lang);
  document.title = `${say("desk")} – hyoka`;
  const desk = new Desk(about);
  const select = at("town");
  select.replaceChildren(...about.towns.map((town) => el("option", { value: town.slug }, town.name)));
  const wanted = new URLSearchParams(location.hash.slice(1)).get("town");
  const town = about.towns.some((one) => one.slug === wanted) ? wanted : about.towns[0]?.slug;
  at("lock").hidden = !about.read_only;
  desk.steps(about.step);
  desk.pane("item");

  select.addEventListener("change", async () => {
    if (await desk.mayLeave()) await desk.enter(select.value);
    else select.value = desk.town;
  });
  at("search").addEventListener("submit", (event) => {
    event.preventDefault();
    desk.search(at("words").value);
  });
  // Who has gone on meanwhile is not led back.
  const isTyping = () => document.activeElement === at("words");
  at("words").addEventListener("input", debounce(350, () => isTyping() && desk.search(at("words").value)));
  at("undo").addEventListener("click", () => desk.step("undo"));
  at("redo").addEventListener("click", () => desk.step("redo"));
  const answers = new Answers(desk);
  at("answers").hidden = about.read_only;
  at("answers").addEventListener("click", () => answers.open());
  const making = new Making(desk);
  at("make").hidden = about.read_only;
  at("make").addEventListener("click", () => making.open());
  const finishing = new Finishing(desk);
  at("finish").hidden = about.read_only;
  at("finish").addEventListener("click", () => finishing.open());
  const beginning = new Beginning(desk);
  at("begin").hidden = about.read_only;
  at("begin").addEventListener("click", () => beginning.open());
  at("help").addEventListener("click", showKeys);
  for (const button of document.querySelectorAll(".switch button")) button.addEventListener("click", () => desk.pane(button.dataset.to));
  const tabs = [...document.querySelectorAll("[role=tab]")];
  for (const tab of tabs) {
    tab.addEventListener("click", () => desk.tab(tab.getAttribute("aria-controls")));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      next.focus();
      desk.tab(next.getAttribute("aria-controls"));
    });
  }
  for (const name of ["tree", "changes", "found"]) walkByKeys(at(name));
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const act =
      event.ctrlKey && !event.altKey && key === "s" ? () => [desk.hearing, desk.figure, desk.item].find((pane) => pane.isDirty)?.save()
      : event.ctrlKey && !event.altKey && key === "k" ? () => at("words").focus()
      : event.ctrlKey && event.altKey && key === "z" ? () => desk.step("undo")
      : event.ctrlKey && event.altKey && key === "y" ? () => desk.step("redo")
      : event.altKey && !event.ctrlKey && key === "arrowup" ? () => desk.next(-1)
      : event.altKey && !event.ctrlKey && key === "arrowdown" ? () => desk.next(1)
      : event.altKey && !event.ctrlKey && key === "p" ? () => (desk.pane("pages"), desk.pages.number.focus(), desk.pages.number.select())
      : key === "f9" ? () => desk.nextChange(event.shiftKey ? -1 : 1)
      : key === "f8" ? () => desk.nextFinding(event.shiftKey ? -1 : 1)
      : null;
    if (!act) return;
    event.preventDefault();
    act();
  });
  window.addEventListener("beforeunload", (event) => {
    if (desk.item.isDirty || desk.hearing.isDirty || desk.figure.isDirty) event.preventDefault();
  });
  listen(
    async (news) => {
      if (news.kind === "making") {
        if (news.by === ME) making.tell(news);
        return;
      }
      if (news.by === ME) return;
      if (news.paths.length > 0) notify(say("outside", news.paths.length));
      if (await desk.readTowns()) await desk.renew();
    },
    () => notify(say("gone"), "wrong"),
    async () => {
      notify(say("back"));
      await desk.renew();
    },
  );
  await desk.enter(town);
  document.body.dataset.ready = "true";
}

begin().catch((fault) => {
  console.error(fault);
  speak("ja");
  notify(sayFault(fault), "wrong");
});
