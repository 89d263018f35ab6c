// A clerk who has nothing yet: a town, told what is wrong at its field; an assessment, which is there at once; taken back. ROOT is a new
// workspace.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, fits, root, shot, window } from "./browser.mjs";

const SETTINGS = join(root, "content/municipalities/midori/municipality.toml");
const page = await window();
const dialog = page.locator("dialog");
const button = (words) => dialog.locator("button", { hasText: words });
await page.locator("#tree", { hasText: "まだ何もありません" }).waitFor();
await accessible(page, "a desk that holds nothing");
await fits(page, "a desk that holds nothing");

// A municipality, by the keyboard alone; what is wrong is told at its field.
await page.locator("#begin").focus();
await page.keyboard.press("Enter");
await dialog.locator("#begin-name").fill("みどり市");
await dialog.locator("#begin-code").fill("999998");
await dialog.locator("#begin-slug").fill("Midori市");
await page.keyboard.press("Enter");
await dialog.locator("#begin-slug-wrong", { hasText: "例のとおりに" }).waitFor();
const focused = () => page.evaluate(() => document.activeElement.id);
expect((await focused()) === "begin-slug", "one is led to the field that is wrong");
await dialog.locator("#begin-slug").fill("midori");
await page.keyboard.press("Enter");
await dialog.locator("#begin-code-wrong", { hasText: "「999997」" }).waitFor();
expect((await focused()) === "begin-code" && (await dialog.locator("#begin-slug-wrong").isHidden()), "the check digit is told, and what is mended no more");
await accessible(page, "a field that is wrong");
await shot(page, "desk-begin-wrong");
expect(!existsSync(SETTINGS), "nothing is written");
await dialog.locator("#begin-code").fill("999997");
await page.keyboard.press("Enter");
await dialog.locator("code", { hasText: "content/municipalities/midori/municipality.toml" }).waitFor();
expect(!existsSync(SETTINGS), "it is shown first");
await page.keyboard.press("Enter");
await page.waitForFunction(() => !document.querySelector("dialog[open]") && document.querySelector("#town").value === "midori");
expect(readFileSync(SETTINGS, "utf8").includes("みどり市"), "then written");

// Its assessment.
await page.locator("#begin").click();
await dialog.locator("#begin-pattern").selectOption({ value: "zenkomoku-h30-05" });
await dialog.locator("#begin-case").fill("zei");
await dialog.locator("#begin-title").fill("住民税に関する事務");
await dialog.locator("#begin-date").fill("2026-04-01");
await dialog.locator("#begin-files").fill("税務ファイル");
await button("内容を確かめる").click();
await dialog.locator(".hint", { hasText: "未記入の項目は" }).waitFor();
await accessible(page, "an assessment to be begun");
await dialog.evaluate((box) => box.scrollTo(0, 0));
await shot(page, "desk-begin");
await dialog.locator("#begin-title").fill("");
expect((await button("作る").count()) === 0, "what was shown holds for what was asked alone");
await button("内容を確かめる").click();
await dialog.locator("#begin-title-wrong", { hasText: "書いてください" }).waitFor();
await dialog.locator("#begin-title").fill("住民税に関する事務");
await button("内容を確かめる").click();
await button("作る").click();
await page.locator("#tree .case h2", { hasText: "住民税に関する事務" }).waitFor();
await page.locator(".sheet img").first().waitFor({ timeout: 60000 });
expect(true, "the tree and the pages show it at once");
await page.locator("#tree summary", { hasText: "基本情報" }).first().click();
await page.locator("#tree .leaf", { hasText: "①事務の名称" }).first().click();
await page.locator("#item input.line").fill("住民税の賦課に関する事務");
await page.keyboard.press("Control+s");
await page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");
expect(readFileSync(join(root, "content/municipalities/midori/zei/basic.md"), "utf8").includes("住民税の賦課に関する事務"), "and it can be written in");
await accessible(page, "a case that was begun");

// The case is there already; a change of it is declared from here too.
await page.locator("#begin").click();
await dialog.locator("#begin-case").fill("zei");
await dialog.locator("#begin-title").fill("住民税に関する事務");
await dialog.locator("#begin-date").fill("2026-04-01");
await dialog.locator("#begin-files").fill("税務ファイル");
await button("内容を確かめる").click();
await dialog.locator("#begin-case-wrong, #begin-pattern-wrong").locator("visible=true").first().waitFor();
expect(true, "what is there is told at its field");
await dialog.locator("label", { hasText: "変更" }).click();
await accessible(page, "a change to be begun");
await button("変更を登録する").click();
await dialog.locator("#declare-reason").waitFor();
await button("やめる").click();

// All is taken back, step by step, down to nothing.
for (const left of [2, 1, 0]) {
  await page.locator("#undo").click();
  await page.waitForFunction((left) => (left > 0 ? !document.querySelector("#notice").hidden : document.querySelector("#undo").disabled), left);
  await page.waitForTimeout(1500);
}
await page.locator("#tree", { hasText: "まだ何もありません" }).waitFor();
expect(!existsSync(SETTINGS), "all is taken back");
await accessible(page, "nothing again");
await end();
