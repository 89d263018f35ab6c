// A clerk writes as a change, marks what was forgotten, signs an item off, makes the documents. ROOT is a frozen copy of the fixture town.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, root, shot, window } from "./browser.mjs";

const CORE = join(root, "content/assessments/zei/system/core.md");
const text = () => readFileSync(CORE, "utf8");

const page = await window();
const item = page.locator("#item");
const content = item.locator(".cm-content");
const saved = () => page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");
await page.locator("#tree summary", { hasText: "基本情報" }).click();

// As a change: the words get its marks.
await page.locator("#tree .leaf", { hasText: "①機能" }).first().click();
await item.locator(".as-change select").selectOption({ label: "クラウドの利用に伴う追記" });
await content.click();
await page.keyboard.press("Control+End");
await page.keyboard.type("還付も管理する。");
await page.keyboard.press("Control+s");
await item.locator(".sign-inserted", { hasText: "還付も管理する。" }).waitFor();
expect(text().includes("{++還付も管理する。++}{>>cloud<<}"), "what is typed as a change gets its marks");
await accessible(page, "words with marks");
await page.waitForFunction(() => document.querySelectorAll("#tree .leaf .badge.changed").length > 0);
expect((await page.locator("#tab-findings[data-wrong=true]").count()) === 0, "nothing is undeclared");

// A mark is given to another change and back, taken back, and comes again.
const marks = item.locator("section.marks article");
await marks.locator("select").first().selectOption({ label: "電子申告の開始に伴う追記" });
await marks.locator(".hint", { hasText: "電子申告の開始に伴う追記" }).waitFor();
expect(text().includes("{++還付も管理する。++}{>>new-system<<}"), "a mark is given to another change");
await page.locator("#undo").click();
await marks.locator(".hint", { hasText: "クラウドの利用に伴う追記" }).waitFor();
await accessible(page, "the marks of an item");
await shot(page, "desk-marks");
await marks.locator("button", { hasText: "取り消す" }).first().click();
await page.waitForFunction(() => document.querySelectorAll("#item section.marks").length === 0);
expect(text().endsWith("賦課と収納を管理する。\n"), "a mark that is taken back leaves the text as before");
await page.locator("#undo").click();
await marks.first().waitFor();

// From change to change by a key; the changes by page.
await page.keyboard.press("F9");
await page.waitForFunction(() => !document.querySelector("#item h2").textContent.includes("①機能") || !location.hash.includes("core"));
expect((await marks.count()) > 0, "a key leads to the next change");
await page.locator("#tab-changes").click();
await page.locator("#changes label", { hasText: "ページ順" }).click();
await page.locator("#changes .changed-row").first().waitFor();
expect((await page.locator("#changes .changed-row .pages-of").first().textContent()).startsWith("P."), "each changed row has its pages");
await accessible(page, "the changes by page");
await shot(page, "desk-by-page");
await page.locator("#changes .changed-row", { hasText: "事務の内容" }).first().click();
await item.locator("h2", { hasText: "②事務の内容" }).waitFor();
expect(true, "a changed row leads to its item");
expect((await item.locator(".important-note").textContent()).includes("重要な変更に当たります"), "a change to a ※ item is told to be important");
await page.locator("#changes label", { hasText: "変更ごと" }).click();
await page.locator("#tab-tree").click();
await page.locator("#tree .leaf", { hasText: "①機能" }).first().click();

// Without a change: told as undeclared, found and marked.
await item.locator(".as-change select").selectOption("");
await page.locator("#tree .leaf", { hasText: "①事務の名称" }).click();
await item.locator("input.line").fill("住民税の賦課に関する事務");
await page.keyboard.press("Control+s");
await saved();
await item.locator(".finding.error").first().waitFor();
expect(true, "a change that is not declared is told");
await page.keyboard.press("Alt+ArrowDown");
await item.locator("h2", { hasText: "②事務の内容" }).waitFor();
await page.keyboard.press("F8");
await item.locator("h2", { hasText: "①事務の名称" }).waitFor();
await page.keyboard.press("Shift+F8");
await item.locator(".finding.error").first().waitFor();
expect(true, "a key leads to the next mistake");
await page.locator("#tab-changes").click();
await page.locator("#changes button", { hasText: "違いを調べる" }).click();
await page.locator("#changes .difference").first().waitFor();
expect((await page.locator("#changes .difference").count()) === 1, "what is not marked is found");
await accessible(page, "what is not marked");
await page.locator("#changes button.primary", { hasText: "印を付ける" }).click();
await page.waitForFunction(() => document.querySelectorAll("#item .finding.error").length === 0);
expect(readFileSync(join(root, "content/assessments/zei/basic.md"), "utf8").includes("{>>new-system<<}"), "and marked");

// Declare a change, and write as it.
await page.locator("#changes button", { hasText: "変更を登録する" }).click();
await page.locator("#declare-reason").fill("組織の改正に伴う修正");
await page.locator("#declare-change-id").fill("cloud");
await page.locator("dialog button.primary").click();
await page.locator("dialog .finding.error", { hasText: "同じID" }).waitFor();
await accessible(page, "a change to be declared");
await page.locator("#declare-change-id").fill("soshiki");
await page.locator("dialog button.primary").click();
await page.locator("#changes summary", { hasText: "組織の改正に伴う修正" }).waitFor();
expect(readFileSync(join(root, "content/assessments/zei/changes.toml"), "utf8").includes('id = "soshiki"'), "a change is declared");
// The list of changes may be drawn before the item is.
const isWrittenAs = () => document.querySelector("#item .as-change select")?.value === "soshiki";
expect(await page.waitForFunction(isWrittenAs).then(() => true, () => false), "and is the one that is written as");
await page.locator("#undo").click();
await page.waitForFunction(() => !document.querySelector("#changes").textContent.includes("組織の改正"));

// Sign off.
await page.locator("#tab-tree").click();
await page.locator("#tree .leaf", { hasText: "①機能" }).first().click();
await item.locator("button", { hasText: "点検済にする" }).click();
await page.locator("#sign-by").fill("税務課長");
await page.locator("#sign-on").fill("令和8年4月1日");
await accessible(page, "a sign-off");
await page.locator("dialog button.primary").click();
await item.locator(".badge.reviewed").waitFor();
expect(true, "an item is signed off");

// Make the documents, and keep one.
await page.locator("#make").click();
await page.locator("dialog button.primary").click();
await page.locator("dialog .made a").first().waitFor({ timeout: 120000 });
await accessible(page, "documents made");
const [download] = await Promise.all([page.waitForEvent("download"), page.locator("dialog .made a").first().click()]);
const bytes = readFileSync(await download.path());
expect(bytes.length > 1000 && download.suggestedFilename().startsWith("hikari-zei-"), `a document is kept as a file: ${download.suggestedFilename()}`);
await end();
