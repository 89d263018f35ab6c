// The figure of 別添1 written at the desk: an arrow, its remark, a box as a change; what is wrong told at its field while it is typed, another
// writer met, taken back. ROOT is a frozen copy of the fixture town.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, fits, root, shot, window } from "./browser.mjs";

const FLOW = join(root, "content/assessments/zei/flows/fuka.md");
const source = () => readFileSync(FLOW, "utf8");
const before = source();
const page = await window();
const tree = page.locator("#tree");
const item = page.locator("#item");
const field = (key) => item.locator(`#figure-${key}`);
const closed = () => page.waitForFunction(() => !document.querySelector("form.figure"));
const focused = (id) => page.waitForFunction((id) => document.activeElement?.id === id, id);

await tree.locator("summary", { hasText: "事務の内容" }).click();
await tree.locator(".leaf", { hasText: "賦課に関する事務" }).click();
await item.locator("#item-heading", { hasText: "1. 賦課に関する事務" }).waitFor();
await page.locator("#pages .sheet .here:not([hidden])").waitFor();
expect((await item.textContent()).includes("納税義務者 → 税務システム"), "an arrow is named by its boxes");
await accessible(page, "a figure");
await fits(page, "a figure");

// A box by the keyboard alone: its place is offered, what cannot be is told at its field.
await field("add-node").focus();
await page.keyboard.press("Enter");
await focused("figure-label");
expect((await field("column").inputValue()) === "3", "a place that is free is offered");
await page.keyboard.press("Control+s");
await page.keyboard.press("Enter");
await item.locator("#figure-label-wrong", { hasText: "書いてください" }).waitFor();
await accessible(page, "a box without words");
await page.keyboard.type("指定金融機関");
await item.locator("form.figure label", { hasText: "外部のシステム" }).click();
await field("column").selectOption("2");
await item.locator("form.figure .finding", { hasText: "には別の枠があります" }).waitFor();
await page.locator("#pages[data-draft=true]").waitFor();
await accessible(page, "a box where another stands");
await field("column").selectOption("4");
await item.locator("form.figure .finding", { hasText: "には別の枠があります" }).waitFor({ state: "detached" });
expect((await item.locator("form.figure .finding", { hasText: "追記の印がありません" }).count()) === 1, "without a change it is told that none declares it");
await page.keyboard.press("Control+s");
await closed();
await focused("figure-add-node");
expect(source().includes('id = "box-1"\nlabel = "指定金融機関"\nzone = "external"\ncolumn = 4\nrow = 1\n\n[[arrow]]'), "a box is added");

// An arrow to it, and the remark that its step asks for.
await field("add-arrow").click();
await field("step").fill("(2)");
await field("from").selectOption({ label: "税務システム" });
await field("to").selectOption({ label: "指定金融機関" });
await item.locator("form.figure .finding", { hasText: "備考がありません" }).waitFor();
await shot(page, "desk-figure");
await fits(page, "an arrow that is written");
await item.locator("form.figure button.primary").click();
await closed();
await item.locator(".record", { hasText: "(2)　税務システム → 指定金融機関" }).locator(".badge.error").waitFor();
await accessible(page, "an arrow without a remark");
await field("add-remark").click();
expect((await field("step").inputValue()) === "(2)", "the step without a remark is offered");
await item.locator("form.figure .cm-content").click();
await page.keyboard.type("税額を伝える。");
await accessible(page, "a remark that is written");
await page.keyboard.press("Control+s");
await closed();
await item.locator(".finding", { hasText: "備考がありません" }).waitFor({ state: "detached" });
expect(source().endsWith("## (2)\n\n税額を伝える。\n"), "the remark stands behind its step");

// As a change: an arrow that joins other boxes is one that goes and one that comes; no rule misses a mark.
await item.locator("#figure-change").selectOption({ label: "クラウドの利用に伴う追記" });
await item.locator("#figure-arrow-0").click();
await field("to").selectOption({ label: "指定金融機関" });
await page.locator("#pages[data-draft=true]").waitFor();
await page.waitForTimeout(1500);
expect((await item.locator("form.figure .finding:visible").count()) === 0, "the arrow that is typed is declared");
await page.keyboard.press("Control+s");
await closed();
expect(source().includes('to = "core"\nkind = "collect"\ndeleted = "cloud"\n\n[[arrow]]\nstep = "(1)"\nfrom = "resident"\nto = "box-1"\nkind = "collect"\ninserted = "cloud"'), "one arrow goes, another comes");
await item.locator(".record", { hasText: "納税義務者 → 税務システム" }).locator(".badge.changed", { hasText: "削除" }).waitFor();
await page.locator("#undo").click();
await page.waitForFunction(() => !document.querySelector("#item .marks"));

// What is published goes by a mark, which can be taken back.
await item.locator("button[aria-label='削除する：納税義務者']").click();
await item.locator(".record", { hasText: "納税義務者" }).locator(".badge.changed", { hasText: "削除" }).first().waitFor();
expect(source().includes('column = 1\nrow = 1\ndeleted = "cloud"\n'), "a box goes as a change");
await accessible(page, "a figure with marks");
await item.locator(".marks button", { hasText: "取り消す" }).first().click();
await page.waitForFunction(() => !document.querySelector("#item .marks"));
expect(!source().includes("deleted"), "and stands again");
await item.locator("#figure-remark-\\(1\\)").click();
await item.locator("form.figure .cm-content").click();
await page.keyboard.press("Control+End");
await page.keyboard.press("Backspace");
await page.keyboard.type("、内容を確かめる。");
await page.keyboard.press("Control+s");
await closed();
expect(/申告を受け.*\{>>cloud<<\}/.test(source()), "a remark gets the marks of the change");
await focused("figure-remark-(1)");

// Another program writes the same row while somebody types: both, none lost.
await item.locator("#figure-change").selectOption("");
await item.locator("#figure-node-box-1").click();
await field("label").fill("収納代理金融機関");
writeFileSync(FLOW, source().replace("指定金融機関", "取扱金融機関"));
await item.locator(".conflict", { hasText: "ほかの人が" }).waitFor();
expect((await item.locator(".mine").textContent()).includes("収納代理"), "the conflict shows mine");
expect((await item.locator(".theirs").textContent()).includes("取扱"), "and theirs");
await accessible(page, "a conflict of two boxes");
await item.locator("button", { hasText: "自分の記載で保存する" }).click();
await closed();
expect(source().includes('label = "収納代理金融機関"'), "what the clerk chose is written");
await page.locator("#undo").click();
await page.locator("#notice", { hasText: "図の枠の記載（指定金融機関）" }).or(page.locator("#notice", { hasText: "図の枠の記載（取扱金融機関）" })).waitFor();
expect(source().includes("取扱金融機関"), "and what another wrote stays");

// A click on the page of the figure opens it; what is not saved is kept when another item is opened.
await tree.locator("summary", { hasText: "基本情報" }).click();
await tree.locator(".leaf.depth-0").first().click();
await page.locator("#item .save-bar").waitFor();
expect(before !== source(), "something is written");
await end();
