// A clerk at the desk, from the first address to the last undo: finds, reads, is told, writes, meets another writer.
//
// Usage: story.mjs MODULES CHROMIUM PICTURES ADDRESS ROOT FONTS. ROOT is a copy of the fixture town.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, address, end, expect, fits, root, shot, window } from "./browser.mjs";

const BASIC = join(root, "content/assessments/zei/basic.md");
const OWN = join(root, "content/municipalities/hikari/zei/basic.md");
const text = () => readFileSync(BASIC, "utf8");

const page = await window();
const tree = page.locator("#tree");
const item = page.locator("#item");
const content = item.locator(".cm-content");
const leaf = (name) => tree.locator(".leaf", { hasText: name });
// The item that was open before answers a click until the next one is there.
const open = async (name) => {
  await leaf(name).first().click();
  await item.locator("#item-heading", { hasText: name }).waitFor();
};
const saved = () => page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");

// The secret is gone from the address.
expect(!page.url().includes("token"), "the address holds no secret once the desk is open");
const cookies = await page.context().cookies();
expect(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === "Strict", "one cookie, which no script reads");

// Find.
await tree.locator("summary", { hasText: "基本情報" }).click();
await open("②事務の内容");
await item.locator("h2", { hasText: "事務の内容" }).waitFor();
expect((await content.textContent()).includes("{{own}}は、地方税法に基づき"), "the item opens with its words");
expect(await leaf("②事務の内容").getAttribute("aria-current") === "true", "the tree shows where one is");
await page.locator(".sheet .here:not([hidden])").first().waitFor();
expect(true, "the page shows where the item stands");
await accessible(page, "an item with a text");
await fits(page, "1366 px");

await page.locator("#words").fill("賦課");
await page.locator("#found .match").first().waitFor();
expect((await page.locator("#found .match").count()) === 3, "the search finds what is printed");
expect((await page.locator("#found mark").first().textContent()) === "賦課", "and shows it");
await accessible(page, "a search");
await page.locator("#words").fill("functions");
await page.waitForFunction(() => document.querySelectorAll("#found .match").length === 2 && !document.querySelector("#found mark"));
await page.locator("#found .match", { hasText: "①機能" }).first().click();
await item.locator("h2", { hasText: "機能" }).waitFor();
expect(true, "an item id leads to the item");

// A click on the page opens what stands there.
await page.locator("#tab-tree").click();
const line = page.locator("#tree .leaf[aria-current=true]");
await line.waitFor();
expect((await line.count()) === 1 && (await line.textContent()).includes("①機能"), "and its chapter is unfolded in the tree");
await page.waitForFunction(() => document.querySelector(".sheet img")?.naturalWidth > 0);
const box = await page.locator(".sheet").first().boundingBox();
const here = await page.locator(".sheet .here").first().boundingBox();
const up = 3.2 * here.height;
await page.mouse.click(box.x + box.width / 2, here.y - up);
await page.waitForFunction(() => !document.querySelector("#item h2").textContent.includes("機能"));
expect(true, `a click on the page opens an item: ${await item.locator("h2").textContent()}`);

// Read: three views, page numbers, zoom, keys.
const key = () => page.locator(".sheet").first().getAttribute("data-key");
const clean = await key();
await page.locator("#tools label", { hasText: "見え消し版" }).click();
await page.waitForFunction((old) => document.querySelector(".sheet").dataset.key !== old, clean);
await page.locator("#tools label", { hasText: "溶け込み版" }).click();
await page.waitForFunction((old) => document.querySelector(".sheet").dataset.key === old, clean);
expect(true, "the views are others, and an unchanged one is not set again");
await page.locator("#pages").focus();
await page.keyboard.press("End");
await page.waitForFunction(() => document.querySelector(".number").value === "3");
await page.keyboard.press("PageUp");
await page.waitForFunction(() => document.querySelector(".number").value === "2");
const head = await page.evaluate(() => document.querySelectorAll(".sheet")[1].getBoundingClientRect().top - document.querySelector("#pages").getBoundingClientRect().top);
expect(Math.abs(head - 8) < 2, "a page is turned to its head");
const width = async () => (await page.locator(".sheet").first().boundingBox()).width;
const fitted = await width();
await page.keyboard.press("+");
expect((await width()) > fitted, "the page grows by a key");
await page.keyboard.press("0");
expect((await width()) === fitted, "and fits the width again");
const loaded = await page.locator(".sheet[data-loaded]").count();
expect(loaded >= 1, "pages in sight are drawn");

// Be told while typing; the last good page stays.
await open("②事務の内容");
await content.click();
await page.keyboard.press("Control+Home");
await line.evaluate((button) => (globalThis.leaf = button));
await page.keyboard.type("{{no-such-term}}");
await item.locator(".finding.error", { hasText: "no-such-term" }).waitFor();
expect((await item.locator(".finding .help").first().textContent()).startsWith("直し方"), "a mistake is told with its cure while one types");
expect((await item.locator(".found-error").count()) > 0, "and underlined where it stands");
await line.locator(".badge.error", { hasText: "誤り" }).waitFor();
expect(await line.evaluate((button) => button === globalThis.leaf), "the tree counts it, and is not drawn anew for that");
await page.locator("#pages[data-draft=true] .stamp").first().waitFor();
expect((await page.locator(".sheet").count()) === 3, "the pages stay, stamped as a draft");
expect(!text().includes("no-such-term"), "nothing is written by typing");
await accessible(page, "a mistake");
await item.locator("button", { hasText: "元に戻す" }).click();
await page.waitForFunction(() => document.querySelector("#pages").dataset.draft === "false");
await item.locator(".finding.error").waitFor({ state: "detached" });
expect(true, "taken back, nothing is wrong");
await line.locator(".badge.error").waitFor({ state: "detached" });
expect((await item.locator(".found-error").count()) === 0, "and nothing underlined or counted");

// Mend what is certain with a button.
const untouched = text();
await content.click();
await page.keyboard.press("Control+Home");
await page.keyboard.type("{{ownn}}、");
await item.locator(".finding button", { hasText: "直す" }).waitFor();
await accessible(page, "a mistake that can be mended");
await shot(page, "desk-mend");
await item.locator(".finding button", { hasText: "直す" }).click();
await page.waitForFunction(() => document.querySelectorAll("#item .finding.error").length === 0);
expect(text() === untouched.replace("{{own}}は、地方税法", "{{own}}、{{own}}は、地方税法"), "a mistake is mended by a button");
for (const _ of [1, 2]) {
  await page.locator("#undo").click();
  await page.waitForTimeout(1200);
}
expect(text() === untouched, "and taken back, as what was typed is");

// Write.
const before = text();
await content.click();
await page.keyboard.press("Control+End");
await page.keyboard.type("窓口でも受け付ける。");
await page.keyboard.press("Control+s");
await saved();
expect(text() === before.replace("{>>new-system<<}\n\n## storage", "{>>new-system<<}窓口でも受け付ける。\n\n## storage"), "one stretch of one file is another");
await page.waitForFunction(() => !document.querySelector("#undo").disabled);

// A choice, boxes, a number, a line, by the keyboard.
await open("③対象人数");
await item.locator("label", { hasText: "1,000人未満" }).click();
await item.locator("button.primary").click();
await saved();
expect(text().includes('work-persons = "1,000人未満"'), "an option is chosen by a button");
await accessible(page, "a choice");
await open("②他のシステムとの接続");
await item.locator(".check", { hasText: "税務システム" }).locator("input[type=checkbox]").check();
await page.keyboard.press("Control+s");
await saved();
const core = readFileSync(join(root, "content/assessments/zei/system/core.md"), "utf8");
expect(core.includes('["庁内連携システム", "その他（住民記録）", "税務システム"]'), "boxes are ticked, and what is in brackets stays");
await accessible(page, "boxes");

// Only here.
await open("①事務の名称");
await item.locator("label", { hasText: "この自治体だけ" }).click();
await item.locator("input.line").fill("本町の住民税に関する事務");
await page.keyboard.press("Control+s");
await saved();
expect(readFileSync(OWN, "utf8") === '+++\n[values]\nwork-name = "本町の住民税に関する事務"\n+++\n', "a municipality's own words stand in its own file");
expect(text().includes('work-name = "住民税に関する事務"'), "and the shared ones stay");

// A shared text says where it prints, and is changed everywhere or only here.
await open("①保管場所");
await item.locator("section.fragment", { hasText: "1か所 P.1" }).waitFor();
await accessible(page, "a shared text");
await item.locator("button", { hasText: "すべての箇所で直す" }).click();
await item.locator(".where-fragment").waitFor();
await content.click();
await page.keyboard.press("Control+End");
await page.keyboard.type("\n- 保管の状況を毎年確かめる。");
await page.keyboard.press("Control+s");
await saved();
expect(readFileSync(join(root, "content/fragments/cloud.md"), "utf8").endsWith("- 保管の状況を毎年確かめる。\n"), "a shared text is changed in its file");

// Another program writes the same item while somebody types: both texts, none lost.
await open("②事務の内容");
await content.click();
await page.keyboard.press("Control+Home");
await page.keyboard.type("【私】");
writeFileSync(BASIC, text().replace("地方税法に基づき", "条例に基づき"));
await item.locator(".conflict", { hasText: "ほかの人が" }).waitFor();
expect((await item.locator(".mine").textContent()).includes("【私】"), "the conflict shows mine");
expect((await item.locator(".theirs").textContent()).includes("条例に基づき"), "and theirs");
expect(!text().includes("【私】"), "and overwrites neither");
await accessible(page, "a conflict");
await item.locator("button", { hasText: "自分の記載で保存する" }).click();
await saved();
expect(text().includes("【私】") && text().includes("地方税法に基づき"), "what the clerk chose is written");

// A second browser sees each write.
const other = await window();
await other.locator("#tree summary", { hasText: "基本情報" }).click();
await other.locator("#tree .leaf", { hasText: "①事務の名称" }).click();
await other.locator("#item input.line").waitFor();
await open("①事務の名称");
await item.locator("input.line").fill("二人で見る事務");
await page.keyboard.press("Control+s");
await saved();
await other.waitForFunction(() => document.querySelector("#item input.line")?.value === "二人で見る事務");
expect(true, "a second browser sees what the first wrote");
await other.locator("#item input.line").fill("二人目の事務");
await item.locator("input.line").fill("一人目の事務");
await page.keyboard.press("Control+s");
await other.locator("#item .conflict").waitFor();
expect(true, "the last writer on one item is told");
await other.locator("#item button", { hasText: "いまの原稿にする" }).click();
await other.waitForFunction(() => document.querySelector("#item input.line")?.value === "一人目の事務");
await other.close();

// Undo and redo, by button and by key.
await page.locator("#undo").click();
await page.waitForFunction(() => document.querySelector("#item input.line")?.value === "二人で見る事務");
await page.keyboard.press("Control+Alt+y");
await page.waitForFunction(() => document.querySelector("#item input.line")?.value === "一人目の事務");
expect(true, "a write is taken back and done again");

// Changes: listed with their pages; what differs from the edition is found.
await page.locator("#tab-changes").click();
await page.locator("#changes .leaf .page", { hasText: "P." }).first().waitFor();
expect((await page.locator("#changes .leaf").count()) >= 4, "the changes are listed by row and page");
await accessible(page, "the changes");
await page.locator("#tab-findings").click();
await accessible(page, "the mistakes");

// Sign off.
await page.locator("#tab-tree").click();
await open("②備考");
await content.click();
await page.keyboard.type("なし");
await page.keyboard.press("Control+s");
await saved();
const hasErrors = await page.locator("#tab-findings[data-wrong=true]").count();
console.log(`     errors in the list: ${hasErrors}`);

// The keyboard alone: the next and the previous item, search, help.
await page.keyboard.press("Alt+ArrowUp");
await page.waitForFunction(() => document.querySelector("#item h2").textContent.includes("保管場所"));
await page.keyboard.press("Control+k");
expect(await page.evaluate(() => document.activeElement.id) === "words", "a key leads to the search");
await page.locator("#help").click();
await page.locator("dialog[open]").waitFor();
await accessible(page, "the keys");
await page.keyboard.press("Escape");
await page.locator("#tree .leaf[aria-current=true]").focus();
await page.keyboard.press("ArrowUp");
expect(await page.evaluate(() => document.activeElement.closest("#tree") !== null), "arrows walk in the tree");

// Hostile text is text.
await open("①事務の名称");
await item.locator("input.line").fill('<img src=x onerror="document.title=1"><script>document.title=2</script>');
await page.keyboard.press("Control+s");
await saved();
await page.locator("#words").fill("onerror");
await page.locator("#found .match").first().waitFor();
expect((await page.locator("#found img, #found script, #item img, #item script").count()) === 0 && (await page.title()).length > 1, "an author's text is never HTML");
await page.keyboard.press("Control+Alt+z");
await page.waitForFunction(() => document.querySelector("#item input.line")?.value === "一人目の事務");
expect(true, "a key takes a write back");
await page.keyboard.press("Alt+p");
await page.keyboard.type("3\n");
await page.waitForFunction(() => document.querySelector("#pages").scrollTop > 100);
expect((await page.locator(".number").inputValue()) === "3", "a page is turned to by its number");

// Narrow, large letters, forced colours, no motion.
for (const [width, height, name] of [[768, 1024, "768 px"], [683, 384, "1366 px at 200 %"]]) {
  await page.setViewportSize({ width, height });
  for (const pane of ["目次", "記載", "ページ"]) {
    await page.locator(".switch button", { hasText: pane }).click();
    await fits(page, `${name}, ${pane}`);
    await accessible(page, `${name}, ${pane}`);
  }
}
await page.setViewportSize({ width: 1366, height: 768 });
await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
await accessible(page, "forced colours");

// The desk cannot be opened without its secret.
const stranger = await page.context().browser().newContext();
const refused = await (await stranger.newPage()).goto(new URL("/", address).href);
expect(refused.status() === 403, "a browser without the first address is refused");
await end();
