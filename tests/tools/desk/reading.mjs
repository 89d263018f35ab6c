// A desk that only shows, in English.

import { accessible, end, expect, window } from "./browser.mjs";

const page = await window({ locale: "en-US" });
expect((await page.locator("html").getAttribute("lang")) === "en", "the page says that it is English");
expect((await page.locator("#lock").textContent()) === "read only", "and that nothing is written");
await page.locator("#tree summary", { hasText: "基本情報" }).click();
await page.locator("#tree .leaf", { hasText: "②事務の内容" }).click();
await page.locator("#item .cm-content").waitFor();
expect((await page.locator("#item .cm-content").getAttribute("contenteditable")) === "false", "a text cannot be typed into");
expect((await page.locator("#item button", { hasText: "save" }).count()) === 0, "there is nothing to save with");
expect(await page.locator("#undo").isDisabled(), "nothing to undo");
await page.locator("#tree .leaf", { hasText: "③対象人数" }).click();
await page.locator("#item input[type=radio][disabled]").first().waitFor();
await accessible(page, "English, read only");
await end();
