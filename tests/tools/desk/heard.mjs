// A hearing at a desk that only shows, in English: read, by the keyboard, with nothing to write in.

import { accessible, end, expect, fits, window } from "./browser.mjs";

const page = await window();
const tree = page.locator("#tree");
const item = page.locator("#item");
await tree.locator("summary", { hasText: "groups and answers" }).focus();
await page.keyboard.press("Enter");
await page.keyboard.press("ArrowDown");
await page.keyboard.press("ArrowDown");
await page.keyboard.press("Enter");
await item.locator("#item-heading", { hasText: "group storage" }).waitFor();
expect((await item.locator("#hearing-effect").isDisabled()) && (await item.locator("#hearing-answer").evaluate((one) => one.readOnly)), "nothing can be typed");
expect((await item.locator("form.hearing button").count()) === 0, "and nothing saved");
expect((await item.textContent()).includes("opinions　2 found"), "the opinions that it answers are there");
await accessible(page, "a group that is only shown");
await page.keyboard.press("Alt+ArrowDown");
await item.locator("#item-heading", { hasText: "group staff" }).waitFor();
await tree.locator("summary", { hasText: /^opinions/ }).click();
await tree.locator(".leaf.group-list", { hasText: /^list: opinions/ }).click();
await item.locator("h2", { hasText: "list: opinions (3)" }).waitFor();
expect((await item.locator("select, form").count()) === 0, "the list has nothing to write in");
await accessible(page, "opinions that are only shown");
await fits(page, "opinions that are only shown");
await tree.locator("summary", { hasText: "parts of the notice" }).click();
await tree.locator(".leaf.group-list", { hasText: "list: parts of the notice" }).click();
await item.locator("h2", { hasText: "list: parts of the notice (7)" }).waitFor();
expect((await item.locator("select, form").count()) === 0, "nor have the words of the notice");
await item.locator("button.link").first().click();
await item.locator("#item-heading", { hasText: "part of the notice 1" }).waitFor();
expect((await item.locator("#hearing-shows").isDisabled()) && (await item.locator("form.hearing button").count()) === 0, "which are only read");
await accessible(page, "a part that is only shown");
await end();
