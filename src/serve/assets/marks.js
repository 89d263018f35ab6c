// Marks: what each changes, taken back or given to another change.

import { order } from "./ask.js";
import { el, notify } from "./dom.js";
import { say, sayFault } from "./words.js";

/** The longest stretch of a text that a list shows. */
const SHOWN_MOST = 160;

const short = (words) => ([...words].length > SHOWN_MOST ? `${[...words].slice(0, SHOWN_MOST).join("")}…` : words);

/** What a mark changes, in words. */
export function changedWords(mark) {
  const parts = [];
  if (mark.old) parts.push(el("del", {}, short(mark.old)));
  if (mark.old && mark.new) parts.push(" → ");
  if (mark.new) parts.push(el("ins", {}, short(mark.new)));
  if (parts.length === 0) parts.push(say(mark.gone ? "mark-whole-gone" : "mark-whole-new"));
  return parts;
}

/** Has something done with marks; `change` is the one that they shall belong to, nothing takes them back. */
async function settle(desk, { of, marks, name, change }) {
  if (!(await desk.mayLeave())) return;
  try {
    const places = marks.map(({ path, at, seen }) => ({ path, at, seen }));
    const done = await order("/api/unmark", { town: desk.town, case: of, marks: places, change: change ?? null, name });
    notify(change ? say("mark-moved", done.marks) : say("mark-taken", done.marks));
    await desk.wrote(done);
  } catch (fault) {
    notify(sayFault(fault), "wrong");
  }
}

/** The marks of one row or item, each with what can be done with it. */
export function drawMarks(desk, { of, name, marks }) {
  const one = desk.caseOf(of);
  const changes = one?.changes ?? [];
  const reason = (id) => changes.find((change) => change.id === id)?.reason ?? (id || say("no-change-id"));
  const groups = marks.map((mark) => {
    const others = changes.filter((change) => change.id !== mark.change);
    const move = el("select", { "aria-label": say("mark-move") }, el("option", { value: "" }, say("mark-move")), ...others.map((change) => el("option", { value: change.id }, change.reason)));
    move.addEventListener("change", () => move.value && settle(desk, { of, marks: [mark], name, change: move.value }));
    const actions = desk.readOnly ? [] : [el("button", { type: "button", onclick: () => settle(desk, { of, marks: [mark], name }) }, say("mark-take")), others.length > 0 ? move : ""];
    return el(
      "article",
      { class: "difference mark" },
      el("p", { class: "changed-words" }, ...changedWords(mark)),
      el("p", { class: "hint" }, reason(mark.change), mark.path.startsWith("content/municipalities/") ? "" : `　${say(mark.path.startsWith("content/fragments/") ? "mark-fragment" : "mark-shared")}`),
      el("p", { class: "row" }, ...actions),
    );
  });
  const whole = [...new Set(marks.map((mark) => mark.change))]
    .map((id) => marks.filter((mark) => mark.change === id))
    .filter((some) => some.length > 1 && !desk.readOnly)
    .map((some) => el("p", { class: "row" }, el("button", { type: "button", onclick: () => settle(desk, { of, marks: some, name }) }, say("mark-take-all", reason(some[0].change), some.length))));
  return [...groups, ...whole];
}
