// A clerk lists the systems of the case, adds one, takes it away, does so with its figures, and accepts a change. ROOT is a frozen copy of the fixture town.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, fits, root, shot, window } from "./browser.mjs";

const BASIC = join(root, "content/assessments/zei/basic.md");
const text = () => readFileSync(BASIC, "utf8");

const page = await window();
const item = page.locator("#item");
await page.locator("#tree summary", { hasText: "基本情報" }).click();
await page.locator("#tree .group-list", { hasText: "システムの一覧" }).click();
await item.locator("h2", { hasText: "システムの一覧（2件）" }).waitFor();
await accessible(page, "the records of a group");
await item.locator("#group-change").selectOption({ label: "クラウドの利用に伴う追記" });
await item.locator("#record-title").fill("文書保存システム");
await item.locator("#record-id").fill("archive");
await item.locator(".adding button.primary").click();
await item.locator("h2", { hasText: "（3件）" }).waitFor();
expect(text().includes("{++archive++}{>>cloud<<}"), "a record is added as a change");
await item.locator("button[aria-label='上へ：文書保存システム']").click();
await page.waitForFunction(() => document.querySelectorAll(".records li")[1]?.textContent.includes("文書保存システム"));
expect(text().includes('system = ["core", "{++archive++}'), "and stands before another");
await shot(page, "desk-records");
await fits(page, "the records of a group");
await item.locator("button[aria-label='削除する：文書保存システム']").click();
await item.locator("h2", { hasText: "（2件）" }).waitFor();
expect(!existsSync(join(root, "content/assessments/zei/system/archive.md")), "who only added it takes it away");
await item.locator("#group-change").selectOption("");
await item.locator("button[aria-label='削除する：税務システム']").click();
await page.locator("#notice", { hasText: "黙って消せません" }).waitFor();
expect(text().includes('system = ["core"'), "what is published does not go in silence");

// The figures of 別添1: begun, put in another order by the keyboard, drawn, taken out; what is published stays.
const CASE = join(root, "content/municipalities/hikari/zei/case.toml");
const settings = () => readFileSync(CASE, "utf8");
const listed = settings();
const figure = page.locator("#tree .leaf.group-list", { hasText: "図の一覧" });
await page.locator("#tree summary", { hasText: "事務の内容" }).click();
await figure.click();
await item.locator("h2", { hasText: "図の一覧（1件）" }).waitFor();
await item.locator("#record-title").fill("収納に関する事務");
await item.locator("#record-id").fill("shuno");
await page.keyboard.press("Enter");
await item.locator("h2", { hasText: "（2件）" }).waitFor();
expect(settings() === listed.replace('["fuka"]', '["fuka", "shuno"]'), "a figure is listed");
await accessible(page, "the figures of a case");
await fits(page, "the figures of a case");
await item.locator("button[aria-label='上へ：収納に関する事務']").focus();
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.querySelector(".records li")?.textContent.includes("収納に関する事務"));
expect(settings().includes('flows = ["shuno", "fuka"]'), "it is printed first");
await shot(page, "desk-flows");
await item.locator("button.link", { hasText: "収納に関する事務" }).click();
await item.locator("#item-heading", { hasText: "収納に関する事務" }).waitFor();
await figure.click();
await item.locator("button[aria-label='外す：賦課に関する事務']").click();
await page.locator("#notice", { hasText: "版に載っている図は、一覧から外せません" }).waitFor();
await item.locator("button[aria-label='外す：収納に関する事務']").click();
await page.locator("#notice", { hasText: "「取り消し」で戻ります" }).waitFor();
await item.locator("h2", { hasText: "（1件）" }).waitFor();
expect(settings() === listed, "and taken out");
await page.locator("#undo").click();
await item.locator("h2", { hasText: "（2件）" }).waitFor();
expect(existsSync(join(root, "content/municipalities/hikari/zei/flows/shuno.md")), "what went comes back");
await page.locator("#redo").click();
await item.locator("h2", { hasText: "（1件）" }).waitFor();

// The end of a round of work.
await page.locator("#finish").click();
await page.locator("#finish-title").fill("令和8年の公表");
await page.locator("#finish-id").fill("first");
await page.locator("dialog button.primary").click();
await page.locator("dialog .finding.error").waitFor();
await page.locator("#finish-id").fill("second");
await page.locator("dialog button.primary", { hasText: "内容を確かめる" }).click();
await page.locator("dialog .made h3", { hasText: "溶け込ませる変更" }).waitFor();
await accessible(page, "what accepting would do");
await shot(page, "desk-finish");
expect(text().includes("{++"), "it is shown first");
await page.locator("dialog .made button.primary").click();
await page.waitForFunction(() => !document.querySelector("dialog[open]"));
expect(!text().includes("{++") && existsSync(join(root, "content/editions/hikari/zei/second/edition.toml")), "then written");
await page.locator("#finish").click();
await page.locator("dialog label", { hasText: "発出を記録する" }).waitFor();
await accessible(page, "papers to be recorded");
await shot(page, "desk-issue");
await end();
