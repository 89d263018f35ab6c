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
await page.locator("#tree summary", { hasText: "事務の内容" }).click();
await page.locator("#tree .leaf", { hasText: "賦課に関する事務" }).click();
await page.locator("#figure-node-core").click();
await page.locator("form.figure legend", { hasText: "zone" }).waitFor();
expect((await page.locator("form.figure :is(input:not([type=text]), select):enabled").count()) === 0, "a figure is only read");
expect((await page.locator("#item button", { hasText: /^(save|add|remove)/ }).count()) === 0, "and nothing of it can be added or removed");
await accessible(page, "a figure, English, read only");
await page.locator("#figure-remark-\\(1\\)").click();
await page.locator("form.figure .cm-content[contenteditable=false]").waitFor();

// The mistakes of another municipality, and its items.
await page.locator("#tab-findings").click();
await page.locator(".other-towns summary", { hasText: "かぜ町" }).click();
const other = page.locator(".other-towns .finding", { hasText: "own" }).first();
await other.waitFor();
await accessible(page, "the mistakes of another municipality");
await other.locator("button", { hasText: "open this item" }).click();
await page.locator("#item h2", { hasText: "事務の内容" }).waitFor();
expect((await page.locator("#town").inputValue()) === "kaze", "a mistake leads to its municipality");
expect((await page.locator("#item .finding.error", { hasText: "own" }).count()) === 1, "and to its item");

// What the public reads.
const key = () => page.locator(".sheet").first().getAttribute("data-key");
const first = await key();
await page.locator(".readers").click();
await page.waitForFunction((old) => document.querySelector(".sheet").dataset.key !== old, first);
expect(true, "the pages as the public reads them are others");
await end();
