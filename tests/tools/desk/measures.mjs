// The measures of a checklist: read, typed as an item, told what is wrong; added, moved, said of what kind, removed; taken back. ROOT has a
// checklist.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, fits, root, shot, window } from "./browser.mjs";

const source = () => readFileSync(join(root, "content/municipalities/hikari/checklists/denshi.toml"), "utf8");
const before = source();
const page = await window();
const tree = page.locator("#tree");
const item = page.locator("#item");
const content = item.locator(".cm-content");
const saved = () => page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");
const undo = async (until) => {
  await page.locator("#undo").click();
  await page.waitForTimeout(1200);
  expect(source() === until, "a step is taken back");
};

await tree.locator("summary", { hasText: "町が行う対策" }).click();
await tree.locator(".leaf", { hasText: "ds-01" }).click();
await item.locator("#item-heading", { hasText: "ds-01" }).waitFor();
expect((await content.textContent()).includes("閲覧できる者を限る"), "a measure opens with its words");
await page.locator("#pages .empty", { hasText: "表計算ファイルになります" }).waitFor();
await accessible(page, "a measure");

// Told while one types, mended, saved.
await content.click();
await page.keyboard.press("Control+Home");
await page.keyboard.type("{{ownn}}、");
await item.locator(".finding.error", { hasText: "ownn" }).waitFor();
expect((await item.locator(".found-error").count()) > 0, "a mistake is told and underlined while one types");
expect(source() === before, "nothing is written by typing");
await item.locator("button", { hasText: "元に戻す" }).click();
await content.click();
await page.keyboard.press("Control+End");
await page.keyboard.type("名簿を備える。");
await page.keyboard.press("Control+s");
await saved();
const written = before.replace("閲覧できる者を限る。", "閲覧できる者を限る。名簿を備える。");
expect(source() === written, "one stretch of the file is another");
await undo(before);
await page.keyboard.press("Alt+ArrowDown");
await item.locator("#item-heading", { hasText: "ds-02" }).waitFor();
expect((await item.locator("section.marks article").count()) === 1, "a key leads to the next, with its marks");

// A shared text, or words of its own.
await tree.locator("summary", { hasText: "受託者に行わせる対策" }).click();
await tree.locator(".leaf", { hasText: "dv-01" }).click();
await item.locator("section.fragment").waitFor();
await accessible(page, "a measure that says a shared text");
await item.locator("button", { hasText: "ここだけの文にする" }).click();
await page.keyboard.press("Control+s");
await saved();
expect(source() !== before && source().includes("fragment"), "a measure gets words of its own");
await undo(before);

// The measures of a sheet.
await tree.locator(".leaf.group-list", { hasText: "対策の一覧" }).first().click();
await item.locator("h2", { hasText: "（4件）" }).waitFor();
await accessible(page, "the measures of a sheet");
await fits(page, "the measures of a sheet");
await item.locator("#measure-text").fill("閲覧を記録し、毎月点検する。");
await item.locator("#measure-id").fill("ds-02");
await item.locator("form.adding button.primary").click();
await page.locator("#notice", { hasText: "同じIDの対策" }).waitFor();
expect(source() === before, "an id that is taken is told");
await item.locator("#measure-id").fill("ds-05");
await item.locator("form.adding button.primary").click();
await item.locator("h2", { hasText: "（5件）" }).waitFor();
const added = source();
expect(added.includes('id = "ds-05"') && added.includes("閲覧を記録し、毎月点検する。"), "a measure is added");
await item.locator("select[aria-label='区分：ds-05']").selectOption("システム上");
await page.waitForTimeout(1200);
expect(source() === added.replace('id = "ds-05"\ncategory = "運用上"', 'id = "ds-05"\ncategory = "システム上"'), "and said of what kind it is");
await item.locator("button[aria-label^='上へ：閲覧を記録し']").click();
await page.waitForFunction(() => document.querySelectorAll("#item .records li")[3]?.textContent.includes("ds-05"));
await shot(page, "desk-measures");
await item.locator("button[aria-label^='削除する：閲覧を記録し']").click();
await item.locator("h2", { hasText: "（4件）" }).waitFor();
expect(!source().includes("ds-05"), "and removed");
await end();
