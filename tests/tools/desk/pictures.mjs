// The pictures of README and manual, on the larger fixture.

import { end, picture, window } from "./browser.mjs";

const page = await window();
const open = async (chapter, item) => {
  await page.locator("#tab-tree").click();
  const fold = page.locator("#tree details", { has: page.locator("summary", { hasText: chapter }) }).first();
  if ((await fold.getAttribute("open")) === null) await fold.locator("summary").first().click();
  await fold.locator(".leaf", { hasText: item }).first().click();
  await page.locator("#item h2", { hasText: item }).waitFor();
  await page.waitForFunction(() => document.querySelector("#pages").getAttribute("aria-busy") === null);
};

await open("Ⅰ", "②事務の内容");
await picture(page, "desk");
await open("Ⅱ", "①保管場所");
const key = await page.locator(".sheet").first().getAttribute("data-key");
await page.locator("#tools label", { hasText: "見え消し版" }).click();
await page.waitForFunction((old) => document.querySelector(".sheet").dataset.key !== old, key, { timeout: 60000 });
await page.waitForTimeout(1500);
await page.locator("#tab-changes").click();
await picture(page, "desk-changes");
await page.locator("#tools label", { hasText: "溶け込み版" }).click();
await open("Ⅰ", "②事務の内容");
const content = page.locator("#item .cm-content");
await content.click();
await page.keyboard.press("Control+Home");
await page.keyboard.type("{{本市}}は、");
await page.locator("#item .finding.error").first().waitFor();
await page.waitForTimeout(1500);
await picture(page, "desk-mistake");
await page.locator("#item button", { hasText: "元に戻す" }).click();
await end();
