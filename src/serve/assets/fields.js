// The fields of values: options as buttons, ticks, dates, numbers, lines. Each tells what it holds as the source holds it.

import { el } from "./dom.js";
import { say } from "./words.js";

const isMarked = (word) => typeof word === "string" && /\{(\+\+|--|~~)/.test(word);

let number = 0;

function line(item, value, { typed, readOnly }) {
  number += 1;
  const input = el("input", {
    type: "text",
    id: `field-${number}`,
    class: "line",
    value: value === null || value === undefined ? "" : String(value),
    readOnly,
    inputMode: item.kind === "number" ? "numeric" : "text",
    "aria-label": item.label || item.trail.at(-1) || item.id,
    placeholder: item.kind === "date" ? "令和8年4月1日" : "",
    autocomplete: "off",
  });
  const read = () => {
    const words = input.value;
    if (words.trim() === "") return null;
    return item.kind === "number" && /^\d{1,15}$/.test(words.trim()) && typeof value !== "string" ? Number(words) : words;
  };
  input.addEventListener("input", () => typed(read()));
  return { host: input, read, focus: () => input.focus() };
}

function choice(item, value, { typed, readOnly }) {
  number += 1;
  const name = `field-${number}`;
  let now = value ?? null;
  const one = (option, words) => {
    const input = el("input", { type: "radio", name, checked: now === option, disabled: readOnly });
    input.addEventListener("change", () => typed((now = option)));
    return el("label", { class: "option" }, input, el("span", {}, words));
  };
  const fieldset = el("fieldset", { class: "options" }, el("legend", {}, say("options")), ...item.options.map((option) => one(option, option)), one(null, say("none")));
  return { host: fieldset, read: () => now, focus: () => (fieldset.querySelector("input:checked") ?? fieldset.querySelector("input")).focus() };
}

function checks(item, value, { typed, readOnly }) {
  const members = Array.isArray(value) ? [...value] : [];
  // The words in （　） belong to the option; what carries a mark is kept as it is written.
  const find = (option) =>
    members.findIndex((member) => !isMarked(member) && (member === option || (item.with_text.includes(option) && member.startsWith(`${option}（`))));
  const kept = members.filter(isMarked);
  const rows = item.options.map((option) => {
    const at = find(option);
    const inside = at >= 0 && members[at] !== option ? members[at].slice(option.length + 1).replace(/）$/, "") : "";
    const input = el("input", { type: "checkbox", checked: at >= 0, disabled: readOnly });
    const detail = item.with_text.includes(option)
      ? el("input", { type: "text", class: "detail", value: inside, readOnly, "aria-label": `${option} ${say("detail")}`, autocomplete: "off" })
      : null;
    const row = { option, input, detail };
    input.addEventListener("change", () => typed(read()));
    detail?.addEventListener("input", () => {
      if (detail.value !== "") input.checked = true;
      typed(read());
    });
    return row;
  });
  const word = ({ option, detail }) => (detail && detail.value.trim() !== "" ? `${option}（${detail.value}）` : option);
  const read = () => {
    const on = rows.filter((row) => row.input.checked);
    // What was there keeps its place, what is new comes after it in the form's order.
    const before = members.filter((member) => isMarked(member) || on.some((row) => find(row.option) >= 0 && members[find(row.option)] === member));
    const list = before.map((member) => {
      const row = on.find((one) => !isMarked(member) && members[find(one.option)] === member);
      return row ? word(row) : member;
    });
    list.push(...on.filter((row) => find(row.option) < 0).map(word));
    return list.length === 0 ? null : list;
  };
  const marked = kept.map((member) => el("code", { class: "kept" }, member));
  const fieldset = el(
    "fieldset",
    { class: "options" },
    el("legend", {}, say("options")),
    ...rows.map(({ option, input, detail }) => el("div", { class: "check" }, el("label", { class: "option" }, input, el("span", {}, option)), detail ?? "")),
    marked.length > 0 ? el("p", { class: "kept-note" }, `${say("changed")}：`, ...marked) : "",
  );
  return { host: fieldset, read, focus: () => fieldset.querySelector("input").focus() };
}

function tick(item, value, { typed, readOnly }) {
  const input = el("input", { type: "checkbox", checked: value === true, disabled: readOnly });
  const read = () => (input.checked ? true : value === undefined || value === null ? null : false);
  input.addEventListener("change", () => typed(read()));
  return { host: el("label", { class: "option" }, input, el("span", {}, item.label)), read, focus: () => input.focus() };
}

/** The field of an item for what is written. */
export function field(item, value, how) {
  // A value with a mark in it is written as it stands in the source.
  if (isMarked(value)) return line({ ...item, kind: "line" }, value, how);
  if (item.kind === "choice" && item.options.length > 0) return choice(item, value, how);
  if (item.kind === "checks" && item.options.length > 0) return checks(item, value, how);
  if (item.kind === "tick") return tick(item, value, how);
  return line(item, value, how);
}
