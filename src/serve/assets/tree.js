// The tree: cases, forms, chapters and items, each with its state in words, never by colour alone.

import { aside, el } from "./dom.js";
import { say } from "./words.js";

/** What a part of the tree is called: its own words, or the desk's for what has none. */
const called = (one, words) => (one.say ? say(one.say) : words);

const KEY = (place) => `${place.case}\n${place.form}\n${place.path}`;

/** Every item of the tree in print order, each with where it stands. */
export function itemsOf(tree) {
  const items = [];
  for (const one of tree.cases) {
    for (const form of one.forms) {
      for (const chapter of form.chapters) {
        let bar = "";
        for (const node of chapter.nodes) {
          if (node.heading !== undefined) bar = node.heading;
          if (node.path) items.push({ ...node, label: called(node, node.label), case: one.id, form: form.prefix, chapter: called(chapter, chapter.heading), bar });
        }
      }
    }
  }
  return items;
}

/** How many errors and warnings each item has. */
function countsOf(findings) {
  const counts = new Map();
  for (const found of findings.list) {
    if (!found.item) continue;
    const [of, form, path] = found.item;
    const key = KEY({ case: of, form, path });
    const count = counts.get(key) ?? { errors: 0, warnings: 0 };
    if (found.level === "error") count.errors += 1;
    if (found.level === "warning") count.warnings += 1;
    counts.set(key, count);
  }
  return counts;
}

function badge(kind, words) {
  return el("span", { class: `badge ${kind}` }, words);
}

function badges(node, count) {
  const all = [];
  if (count?.errors) all.push(badge("error", say("errors", count.errors)));
  if (count?.warnings) all.push(badge("warning", say("warnings", count.warnings)));
  if (node.changes.length > 0) all.push(badge("changed", say("changed")));
  if (node.review === "reviewed") all.push(badge("reviewed", say("reviewed")));
  if (node.review === "lifted") all.push(badge("lifted", say("lifted")));
  if (node.withheld) all.push(badge("plain", say("withheld")));
  if (node.blank) all.push(badge("blank", say("blank")));
  return all;
}

/**
 * The tree of a municipality in a panel. For another tree it is built anew, and what was folded stays folded; else only those parts are drawn of
 * which the state changed, since that is what a letter and the step to the next item do.
 */
export class Tree {
  constructor(panel, { open, openGroup }) {
    this.panel = panel;
    this.open = open;
    this.openGroup = openGroup;
    this.tree = null;
    /** What it shows, in words. */
    this.shows = "";
    this.current = "";
    /** Lines outside of chapters, and chapters with their lines. */
    this.lists = [];
    this.chapters = [];
  }

  /** Shows a tree, what is wrong with its items, and the one that is open. */
  draw(tree, findings, current) {
    const counts = countsOf(findings);
    const at = JSON.stringify(current);
    const shows = JSON.stringify([at, [...counts]]);
    const isOther = this.tree !== tree;
    if (!isOther && this.shows === shows) return;
    const { panel } = this;
    const scrolled = panel.scrollTop;
    const hadFocus = panel.contains(document.activeElement);
    if (isOther) this.build(tree, current);
    const isMoved = this.current !== at;
    Object.assign(this, { shows, current: at });
    for (const line of this.lists) showCurrent(line, current);
    for (const chapter of this.chapters) showChapter(chapter, counts, { current, isMoved, isNew: isOther });
    if (!isOther && !isMoved) return;
    if (isOther) panel.scrollTop = scrolled;
    const leaf = panel.querySelector("[aria-current=true]");
    if (isOther && hadFocus && leaf) leaf.focus({ preventScroll: true });
    if (leaf) leaf.scrollIntoView({ block: "nearest" });
  }

  build(tree, current) {
    const folded = new Map([...this.panel.querySelectorAll("details")].map((one) => [one.dataset.key, one.open]));
    Object.assign(this, { tree, lists: [], chapters: [] });
    const cases = tree.cases.map((one) => {
      const forms = one.forms.map((form) => {
        const chapters = form.chapters.map((chapter) => {
          const made = this.chapter(chapter, { case: one.id, form: form.prefix });
          const key = `${one.id}/${form.prefix}/${chapter.id}`;
          made.fold.dataset.key = key;
          made.fold.open = folded.get(key) ?? made.lines.some((line) => line.isCurrent(current));
          this.chapters.push(made);
          return made.fold;
        });
        const title = [called(form, form.title), form.tag ? `［${form.tag}］` : ""].join("");
        return el("section", { class: "form" }, el("h3", {}, title), ...chapters);
      });
      const files = { case: one.id, form: one.forms.find((form) => form.kind === "assessment")?.prefix ?? "", section: "", group: "@file" };
      const list = one.files === null ? null : this.list(files, say("case-files"), one.files, (current) => current?.group === "@file" && current.case === one.id);
      if (list) this.lists.push(list);
      return el("section", { class: "case" }, el("h2", {}, one.title), list?.button ?? "", ...forms);
    });
    this.panel.replaceChildren(...(cases.length > 0 ? cases : [el("p", { class: "empty" }, say("nothing-yet"))]));
  }

  /** A chapter with its lines. */
  chapter(chapter, of) {
    const lines = [];
    const rows = chapter.nodes.map((node) => {
      if (node.heading !== undefined) return el("li", { class: `heading level-${node.level}` }, node.heading);
      const line = node.group === undefined ? this.leaf(node, { ...of, path: node.path }) : this.group(node, { ...of, section: chapter.id, group: node.group });
      lines.push(line);
      return el("li", {}, line.button);
    });
    const name = el("span", { class: "name" }, called(chapter, chapter.heading));
    const summary = el("summary", {}, name);
    return { fold: el("details", {}, summary, el("ul", {}, ...rows)), summary, name, lines, errors: 0 };
  }

  /** The records of a group. */
  group(node, of) {
    const isCurrent = (current) => current?.group === of.group && current.section === of.section && current.case === of.case && current.form === of.form;
    return this.list(of, called(node, node.label), node.count, isCurrent);
  }

  list(of, words, count, isCurrent) {
    const name = el("span", { class: "name" }, say("group-list", words));
    const button = el("button", { type: "button", class: "leaf group-list", onclick: () => this.openGroup(of) }, name, badge("plain", say("matches", count)));
    return { button, isCurrent };
  }

  /** An item. */
  leaf(node, place) {
    const words = [called(node, node.label), node.important ? el("span", { class: "star", title: say("important") }, "※", aside(say("important"))) : null];
    const name = el("span", { class: "name" }, ...words.filter(Boolean));
    const button = el("button", { type: "button", class: `leaf depth-${node.depth}`, onclick: () => this.open(place) }, name, ...badges(node));
    const key = KEY(place);
    return { button, name, node, key, count: "", isCurrent: (current) => Boolean(current) && KEY(current) === key };
  }
}

/** Shows whether a line is the open one. */
function showCurrent({ button, isCurrent }, current) {
  if (isCurrent(current)) button.setAttribute("aria-current", "true");
  else button.removeAttribute("aria-current");
}

/** Shows what is wrong with the items of a chapter, and the open one, of which the chapter is unfolded when it is opened. */
function showChapter(chapter, counts, { current, isMoved, isNew }) {
  let errors = 0;
  for (const line of chapter.lines) {
    const count = counts.get(line.key);
    errors += count?.errors ?? 0;
    const told = count ? JSON.stringify(count) : "";
    if (line.key !== undefined && line.count !== told) {
      line.count = told;
      line.button.replaceChildren(line.name, ...badges(line.node, count));
    }
    if (isMoved || isNew) showCurrent(line, current);
    if (isMoved && line.isCurrent(current)) chapter.fold.open = true;
  }
  if (errors !== chapter.errors) chapter.summary.replaceChildren(chapter.name, errors ? badge("error", say("errors", errors)) : "");
  chapter.errors = errors;
}

/** Up and down go from line to line. */
export function walkByKeys(panel) {
  panel.addEventListener("keydown", (event) => {
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) || event.altKey || event.ctrlKey) return;
    const lines = [...panel.querySelectorAll("summary, button, a")].filter((one) => one.checkVisibility());
    if (lines.length === 0) return;
    const at = lines.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    event.preventDefault();
    lines[Math.max(0, Math.min(lines.length - 1, next))].focus();
  });
}
