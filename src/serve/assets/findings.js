// What is wrong, each with its cure.

import { ask, order } from "./ask.js";
import { el, notify } from "./dom.js";
import { say, sayFault } from "./words.js";

/** Mends a mistake whose cure is mechanical, as the change that the words of its case are written as. */
async function mend(desk, found) {
  if (!(await desk.mayLeave())) return;
  const { path, start, end, text } = found.fix;
  const change = found.item ? desk.change[found.item[0]] || null : null;
  try {
    const done = await order("/api/fix", { town: desk.town, code: found.code, path, start: start.offset, end: end.offset, text, item: found.item, change });
    if (done.by_hand > 0) notify(say("by-hand-note", done.by_hand), "wrong");
    else notify(say("mended"));
    await desk.wrote(done);
  } catch (fault) {
    notify(sayFault(fault), "wrong");
  }
}

/** One mistake; `open` leads to its item where it has one, `desk` can mend it where that is certain. */
export function foundIn(found, open, desk) {
  const canMend = desk && !desk.readOnly && found.fix;
  const place = found.path ? `${found.path}${found.start ? `:${found.start.line}` : ""}` : "";
  return el(
    "article",
    { class: `finding ${found.level}` },
    el("p", { class: "message" }, el("span", { class: `badge ${found.level}` }, say(found.level)), " ", found.message),
    found.help ? el("p", { class: "help" }, `${say("cure")}：${found.help}`) : "",
    canMend ? el("p", { class: "row" }, el("button", { type: "button", class: "small", onclick: () => mend(desk, found) }, say("mend")), el("span", { class: "hint" }, say("mend-to", found.fix.text.trim()))) : "",
    found.example ? el("details", {}, el("summary", {}, say("example")), el("pre", {}, found.example)) : "",
    el("p", { class: "foot" }, el("code", {}, found.code), place ? el("span", { class: "file" }, place) : "", open ? el("button", { type: "button", class: "link", onclick: open }, say("go-to")) : ""),
  );
}

/** The other municipalities: each is looked at when it is unfolded. */
function others(towns, enter) {
  if (towns.length === 0) return "";
  const folds = towns.map((town) => {
    const inside = el("div", {});
    const fold = el("details", {}, el("summary", {}, el("span", { class: "name" }, town.name)), inside);
    fold.addEventListener("toggle", async () => {
      if (!fold.open) return;
      inside.replaceChildren(el("p", { class: "hint" }, "…"));
      try {
        const { list } = await ask("/api/findings", { town: town.slug });
        const go = (found) => (found.item ? () => enter(town.slug, { case: found.item[0], form: found.item[1], path: found.item[2] }) : null);
        inside.replaceChildren(...(list.length === 0 ? [el("p", { class: "hint" }, say("all-well"))] : list.map((found) => foundIn(found, go(found)))));
      } catch (fault) {
        inside.replaceChildren(el("p", { class: "hint" }, sayFault(fault)));
      }
    });
    return fold;
  });
  return el("section", { class: "other-towns" }, el("h2", {}, say("other-towns")), ...folds);
}

/** Draws the list of a municipality: errors first, then the others by name. */
export function drawFindings(panel, { findings, open, towns, enter, desk }) {
  const scrolled = panel.scrollTop;
  const rest = panel.querySelector(".other-towns:has(details[open])") ?? others(towns, enter);
  if (findings.list.length === 0) {
    panel.replaceChildren(el("p", { class: "empty" }, say("all-well")), rest);
    return;
  }
  const order = ["error", "warning", "note"];
  const sorted = order.flatMap((level) => findings.list.filter((found) => found.level === level));
  panel.replaceChildren(
    ...sorted.map((found) => {
      const [of, form, path] = found.item ?? [];
      return foundIn(found, found.item ? () => open({ case: of, form, path }) : null, desk);
    }),
    rest,
  );
  panel.scrollTop = scrolled;
}
