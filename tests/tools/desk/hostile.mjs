// What an author wrote is shown as text, whatever it is: a script, a picture that fails, letters that run backwards, a very long word.

import { accessible, end, expect, fits, window } from "./browser.mjs";

const page = await window();
const item = page.locator("#item");
const saved = () => page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");
const HOSTILE = `<script>window.taken = 1</script><img src=x onerror="window.taken = 2"> </textarea>'"&lt; \u202eされさ逆\u202c \u0007`;
const HUGE = "長".repeat(60000);

await page.locator("#tree summary", { hasText: "基本情報" }).click();
await page.locator("#tree .leaf", { hasText: "名称" }).first().click();
await item.locator("input.line").fill(HOSTILE);
await page.keyboard.press("Control+s");
await saved();
await page.locator("#tree .leaf", { hasText: "②事務の内容" }).click();
const content = item.locator(".cm-content");
await content.click();
await page.keyboard.press("Control+End");
await page.keyboard.insertText(HOSTILE);
await page.waitForTimeout(1500);
expect((await content.textContent()).includes("<script>window.taken"), "a script is text in the editor");
await page.keyboard.press("Control+s");
await saved();
await page.locator("#words").fill("window.taken");
await page.locator("#found .match").first().waitFor();
await page.locator("#tab-findings").click();
await page.waitForTimeout(1000);
for (const tab of ["tree", "changes", "found", "findings"]) {
  await page.locator(`#tab-${tab}`).click();
  expect((await page.evaluate(() => window.taken)) === undefined, `no script runs: ${tab}`);
  expect((await page.locator("main img[src=x], header img[src=x], dialog img").count()) === 0, `no element comes of a text: ${tab}`);
}
await accessible(page, "hostile words");

// A text that is much too long: told, shown, written.
await page.locator("#tab-tree").click();
await page.locator("#tree .leaf", { hasText: "①保管場所" }).first().click();
await item.locator(".cm-content").click();
await page.keyboard.press("Control+End");
await page.keyboard.insertText(HUGE);
await page.keyboard.press("Control+s");
await saved();
await page.waitForFunction(() => document.querySelectorAll(".sheet").length > 20, null, { timeout: 120000 });
expect((await page.locator("#item .counted").textContent()).includes("60"), "a very long text is counted");
await fits(page, "a very long text");
await page.locator("#undo").click();
await page.waitForFunction(() => document.querySelectorAll(".sheet").length < 10, null, { timeout: 120000 });
expect(true, "and is taken back");
await end();
