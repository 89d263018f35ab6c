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
export function countsOf(findings) {
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

/** Draws the tree into a panel. What was folded stays folded. */
export function drawTree(panel, { tree, findings, current, open, openGroup }) {
  const folded = new Map([...panel.querySelectorAll("details")].map((one) => [one.dataset.key, one.open]));
  const scrolled = panel.scrollTop;
  const counts = countsOf(findings);
  const fold = (key, begins, summary, ...inside) => {
    const details = el("details", { open: folded.get(key) ?? begins }, el("summary", {}, ...summary), ...inside);
    details.dataset.key = key;
    return details;
  };
  const cases = tree.cases.map((one) => {
    const forms = one.forms.map((form) => {
      const chapters = form.chapters.map((chapter) => {
        let errors = 0;
        let holds = false;
        const rows = chapter.nodes.map((node) => {
          if (node.heading !== undefined) return el("li", { class: `heading level-${node.level}` }, node.heading);
          if (node.group !== undefined) {
            const of = { case: one.id, form: form.prefix, section: chapter.id, group: node.group };
            const isCurrent = current?.group === node.group && current.section === chapter.id && current.case === one.id && current.form === form.prefix;
            holds ||= isCurrent;
            const button = el("button", { type: "button", class: "leaf group-list", "aria-current": isCurrent ? "true" : null, onclick: () => openGroup(of) }, el("span", { class: "name" }, say("group-list", called(node, node.label))), el("span", { class: "badge plain" }, say("matches", node.count)));
            return el("li", {}, button);
          }
          const place = { case: one.id, form: form.prefix, path: node.path };
          const count = counts.get(KEY(place));
          errors += count?.errors ?? 0;
          const isCurrent = current && KEY(current) === KEY(place);
          holds ||= isCurrent;
          const words = [called(node, node.label), node.important ? el("span", { class: "star", title: say("important") }, "※", aside(say("important"))) : null];
          const button = el(
            "button",
            { type: "button", class: `leaf depth-${node.depth}`, "aria-current": isCurrent ? "true" : null, onclick: () => open(place) },
            el("span", { class: "name" }, ...words.filter(Boolean)),
            ...badges(node, count),
          );
          return el("li", {}, button);
        });
        const summary = [el("span", { class: "name" }, called(chapter, chapter.heading)), errors ? badge("error", say("errors", errors)) : null].filter(Boolean);
        return fold(`${one.id}/${form.prefix}/${chapter.id}`, holds, summary, el("ul", {}, ...rows));
      });
      const title = [called(form, form.title), form.tag ? `［${form.tag}］` : ""].join("");
      return el("section", { class: "form" }, el("h3", {}, title), ...chapters);
    });
    const files = { case: one.id, form: one.forms.find((form) => form.kind === "assessment")?.prefix ?? "", section: "", group: "@file" };
    const isFiles = current?.group === "@file" && current.case === one.id;
    const list = one.files === null ? "" : el("button", { type: "button", class: "leaf group-list", "aria-current": isFiles ? "true" : null, onclick: () => openGroup(files) }, el("span", { class: "name" }, say("group-list", say("case-files"))), badge("plain", say("matches", one.files)));
    return el("section", { class: "case" }, el("h2", {}, one.title), list, ...forms);
  });
  const hadFocus = panel.contains(document.activeElement);
  panel.replaceChildren(...(cases.length > 0 ? cases : [el("p", { class: "empty" }, say("nothing-yet"))]));
  panel.scrollTop = scrolled;
  const leaf = panel.querySelector("[aria-current=true]");
  if (hadFocus && leaf) leaf.focus({ preventScroll: true });
  if (leaf) leaf.scrollIntoView({ block: "nearest" });
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
