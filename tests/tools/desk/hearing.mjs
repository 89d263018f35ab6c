// The hearing of a case: its opinions and answers written at the desk; what is wrong told at its field, another writer met, taken back. ROOT
// has a hearing with three opinions in two groups.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, fits, root, shot, window } from "./browser.mjs";

const FILE = join(root, "content/municipalities/aozora/zei/comments.toml");
const source = () => readFileSync(FILE, "utf8");
const before = source();
const page = await window();
const tree = page.locator("#tree");
const item = page.locator("#item");
const field = (key) => item.locator(`#hearing-${key}`);
const submit = item.locator("form.hearing button.primary");
const saved = () => page.waitForFunction(() => document.querySelector(".state")?.dataset.dirty === "false");
const wrong = (key, words) => item.locator(`#hearing-${key}-wrong`, { hasText: words }).waitFor();

// The notice: period and places.
await tree.locator("summary", { hasText: "お知らせ" }).click();
await tree.locator(".leaf", { hasText: "募集の内容" }).click();
await item.locator("#item-heading", { hasText: "募集の内容" }).waitFor();
await page.locator("#pages .empty", { hasText: "意見の募集の文書は" }).waitFor();
expect((await item.textContent()).includes("46日間の募集です"), "the days are counted");
await accessible(page, "a hearing");
await fits(page, "a hearing");
await field("to").fill("令和5年4月1日");
await page.keyboard.press("Control+s");
await wrong("to", "末日は、初日（2023-05-01）より後");
expect(await field("to").evaluate((one) => one === document.activeElement), "the field that is wrong has the cursor");
await accessible(page, "a field that is wrong");
await field("to").fill("令和5年6月30日");
await field("places").fill("市役所本庁舎2階 税務課\n行政資料コーナー\n中央図書館");
await page.keyboard.press("Control+s");
await saved();
const noticed = before.replace('to = "2023-06-15"', 'to = "2023-06-30"').replace('"行政資料コーナー"]', '"行政資料コーナー", "中央図書館"]');
expect(source() === noticed, "period and places are written, and nothing else");

// An opinion: its mistakes at their fields, then written.
await tree.locator("summary", { hasText: "寄せられた意見" }).click();
await tree.locator(".leaf.group-list", { hasText: "意見の一覧" }).click();
await item.locator("h2", { hasText: "（3件）" }).waitFor();
expect((await field("number").inputValue()) === "4", "the next number is offered");
await submit.click();
await wrong("received", "書いてください");
await field("received").fill("来週");
await field("way").selectOption("郵送");
await field("text").fill("説明会を開いてほしい。");
await submit.click();
await wrong("received", "その日付はありません");
expect(source() === noticed, "nothing is written meanwhile");
await accessible(page, "an opinion whose day is none");
await field("received").fill("令和5年6月20日");
await submit.click();
await item.locator("h2", { hasText: "（4件）" }).waitFor();
expect(source().endsWith('number = 4\nreceived = "2023-06-20"\nway = "郵送"\ntext = "説明会を開いてほしい。"\n'), "an opinion is added");

// A group for it, by the keyboard from its answer to what it changes.
await tree.locator("summary", { hasText: "意見のまとまりと考え方" }).click();
await tree.locator(".leaf.group-list", { hasText: "まとまりの一覧" }).click();
await item.locator("h2", { hasText: "（2件）" }).waitFor();
await field("heading").fill("説明会");
await field("id").fill("storage");
await submit.click();
await wrong("id", "同じ名前のものがすでにあります");
await field("id").fill("meeting");
await submit.click();
await item.locator("h2", { hasText: "（3件）" }).waitFor();
await accessible(page, "the groups of a hearing");
await fits(page, "the groups of a hearing");
await tree.locator(".leaf.group-list", { hasText: "意見の一覧" }).click();
await item.locator("select[aria-label='まとまり：4']").selectOption("meeting");
await page.waitForTimeout(1500);
expect(source().includes('text = "説明会を開いてほしい。"\ngroup = "meeting"\n'), "an opinion is grouped in the list");
await accessible(page, "the opinions of a hearing");
await tree.locator(".leaf", { hasText: "meeting" }).click();
await item.locator("#item-heading", { hasText: "まとまり meeting" }).waitFor();
expect((await item.locator("label[for=hearing-answer]").textContent()) === "本市の考え方", "the answer is called as the town calls it");
await item.locator(".finding", { hasText: "考え方と対応" }).waitFor();
await field("answer").fill("説明会を、7月に開きます。");
await field("effect").selectOption("修正する");
await page.keyboard.press("Control+s");
await saved();
await item.locator(".finding", { hasText: "修正する" }).waitFor();
await shot(page, "desk-hearing");
await item.locator("#hearing-changes label", { hasText: "cloud" }).click();
await field("items").fill("procedure/no-such");
await page.keyboard.press("Control+s");
await wrong("items", "「procedure/no-such」という項目はありません");
await field("items").fill("procedure/hearing-method");
await page.keyboard.press("Control+s");
await saved();
await page.waitForFunction(() => document.querySelectorAll("#item .finding").length === document.querySelectorAll("#item .field .finding").length);
expect(source().includes('effect = "修正する"\nchanges = ["cloud"]\nitems = ["procedure/hearing-method"]\n'), "effect, change and items are written");
await accessible(page, "a group with its answer");

// Another program writes the same row while somebody types: both, none lost.
await field("answer").fill("説明会を、8月に開きます。");
writeFileSync(FILE, source().replace("7月に開きます", "秋に開きます"));
await item.locator(".conflict", { hasText: "ほかの人が" }).waitFor();
expect((await item.locator(".mine").textContent()).includes("8月に"), "the conflict shows mine");
expect((await item.locator(".theirs").textContent()).includes("秋に"), "and theirs");
expect(!source().includes("8月に"), "and overwrites neither");
await accessible(page, "a conflict of two answers");
await item.locator("button", { hasText: "自分の記載で保存する" }).click();
await page.waitForFunction(() => !document.querySelector("#undo").disabled && document.querySelector(".state")?.dataset.dirty === "false");
expect(source().includes("8月に開きます"), "what the clerk chose is written");

// A group that opinions name stays; one step is taken back.
await tree.locator(".leaf.group-list", { hasText: "まとまりの一覧" }).click();
await item.locator("button[aria-label='削除する：meeting']").click();
await page.locator("#notice", { hasText: "このまとまりに入っている意見があります" }).waitFor();
await page.locator("#undo").click();
await page.waitForTimeout(1500);
expect(source().includes("秋に開きます") && !source().includes("8月に"), "a step is taken back");
await end();
