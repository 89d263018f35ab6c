// A case is moved to another version of its form: told first, done, taken back. ROOT is a copy of the third town.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, root, shot, window } from "./browser.mjs";

const SETTINGS = join(root, "content/assessments/jidoteate/assessment.toml");
const ARCHIVE = join(root, "content/assessments/jidoteate/archive/kisokomoku-r6-10/risk.md");
const before = readFileSync(SETTINGS, "utf8");
const page = await window();
const dialog = page.locator("dialog");
const button = (words) => dialog.locator("button", { hasText: words });
await page.locator("#finish").click();
await dialog.locator("#finish-case").selectOption({ value: "jidoteate" });
await dialog.locator("label", { hasText: "様式の版を移す" }).click();
await dialog.locator("#move-to").selectOption({ value: "kisokomoku-h31-01" });
await dialog.locator("#move-on").fill("いつか");
await button("内容を確かめる").click();
await dialog.locator("#move-on-wrong", { hasText: "その日付はありません" }).waitFor();
await accessible(page, "a day that is none");
await dialog.locator("#move-on").fill("令和7年10月1日");
await button("内容を確かめる").click();
await dialog.locator(".made", { hasText: "そのまま残る項目" }).waitFor();
expect((await dialog.locator(".made").textContent()).includes("manual-sufficiency"), "what has no place is told");
await accessible(page, "a move to another form");
await shot(page, "desk-move");
expect(readFileSync(SETTINGS, "utf8") === before, "it is shown first");
await dialog.locator(".made button", { hasText: "様式の版を移す" }).click();
await page.waitForFunction(() => !document.querySelector("dialog[open]") && !document.querySelector("#undo").disabled);
expect(readFileSync(SETTINGS, "utf8").includes("kisokomoku-h31-01") && existsSync(ARCHIVE), "then done, and what has no place is kept");
await page.locator("#undo").click();
await page.waitForFunction(() => document.querySelector("#undo").disabled);
expect(readFileSync(SETTINGS, "utf8") === before && !existsSync(ARCHIVE), "and taken back");
await end();
