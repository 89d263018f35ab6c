// A change declared: asked for in a dialog.

import { order } from "./ask.js";
import { dialog, el, notify } from "./dom.js";
import { say, sayFault } from "./words.js";

/** Asks for a new change and declares it. */
export async function declare(desk, one) {
  if (!(await desk.mayLeave())) return;
  const field = (key, properties = {}) => {
    const input = el("input", { type: "text", id: `declare-${key}`, autocomplete: "off", ...properties });
    return [input, el("label", { htmlFor: `declare-${key}` }, say(key)), input];
  };
  const [reason, ...reasonField] = field("reason", { required: true });
  const [id, ...idField] = field("change-id", { required: true, pattern: "[a-z0-9\\-]+", placeholder: "new-system" });
  const [on, ...onField] = field("changed-on", { placeholder: "令和8年4月1日" });
  const [note, ...noteField] = field("timing-note");
  const timing = el("select", { id: "declare-timing" }, ...["", "事前", "事後"].map((word) => el("option", { value: word }, word || say("timing-none"))));
  const owner = el("select", { id: "declare-owner" }, ...["shared", "own"].map((word) => el("option", { value: word }, say(word))));
  const wrong = el("p", { class: "finding error", role: "alert", hidden: true });
  const form = el(
    "form",
    {},
    ...reasonField, ...idField, ...onField,
    el("label", { htmlFor: "declare-timing" }, say("timing")), timing,
    ...noteField,
    el("label", { htmlFor: "declare-owner" }, say("whose-change")), owner,
    wrong,
    el("p", { class: "row" }, el("button", { type: "submit", class: "primary" }, say("declare")), el("button", { type: "button", onclick: () => box.close() }, say("cancel"))),
  );
  const box = dialog(say("declare"), form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const done = await order("/api/change", { town: desk.town, case: one.id, owner: owner.value, id: id.value, reason: reason.value, on: on.value, timing: timing.value || null, note: note.value });
      box.close();
      desk.change[one.id] = id.value;
      notify(say("declared"));
      await desk.wrote(done);
    } catch (fault) {
      wrong.textContent = sayFault(fault);
      wrong.hidden = false;
    }
  });
}
