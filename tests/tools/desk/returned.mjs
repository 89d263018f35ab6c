// A checklist comes back: it is chosen, shown, taken over, taken back. Beside ROOT lies 回答.xlsx, in which one measure is answered.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, root, window } from "./browser.mjs";

const source = () => readFileSync(join(root, "content/municipalities/hikari/checklists/denshi.toml"), "utf8");
const before = source();
const page = await window();
await page.locator("#answers").click();
await page.locator("#answers-file").setInputFiles(join(root, "../回答.xlsx"));
await page.locator("dialog .difference", { hasText: "毎月点検する。" }).waitFor();
expect(source() === before, "what came back is shown first");
await accessible(page, "a returned checklist");
await page.locator("dialog button.primary", { hasText: "原稿に取り込む" }).click();
await page.waitForFunction(() => !document.querySelector("dialog[open]") && !document.querySelector("#undo").disabled);
expect(source().includes("毎月点検する。"), "then taken over");
await page.locator("#undo").click();
await page.waitForFunction(() => document.querySelector("#undo").disabled);
expect(source() === before, "and taken back");
await page.locator("#answers").click();
await page.locator("#answers-file").setInputFiles({ name: "写真.xlsx", mimeType: "image/png", buffer: Buffer.from("no workbook") });
await page.locator("dialog .finding.error").waitFor();
expect((await page.locator("dialog button", { hasText: "原稿に取り込む" }).count()) === 0, "what is no workbook is named and cannot be taken over");

// The workbook of a form, of a case that is there: told, and nothing to write.
await page.locator("#answers-file").setInputFiles(join(root, "../様式.xlsx"));
await page.locator("dialog .made", { hasText: "項目を読み取りました" }).waitFor();
await accessible(page, "a workbook of the form");
expect((await page.locator("dialog button", { hasText: "原稿に取り込む" }).count()) === 0, "a form whose case is there is compared alone");
await end();
