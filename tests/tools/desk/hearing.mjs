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
await tree.locator("summary", { hasText: /^お知らせ(?!の)/ }).click();
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

// The outline of the changes: its mistakes at their field, by the keyboard, two points put in order.
const begun = source();
await tree.locator("summary", { hasText: "変更の概要" }).click();
await tree.locator(".leaf.group-list", { hasText: "変更の概要の一覧" }).click();
await item.locator("h2", { hasText: "（0件）" }).waitFor();
await submit.click();
await wrong("text", "書いてください");
await field("text").fill("写しを置く場所を、評価書に書き加える。");
await field("items").fill("procedure/no-such");
await item.locator("#hearing-changes label", { hasText: "cloud" }).click();
await submit.click();
await wrong("items", "「procedure/no-such」という項目はありません");
await accessible(page, "a point whose item is none");
expect(source() === begun, "nothing is written meanwhile");
await field("items").fill("file-overview/zeimu/storage-place");
await submit.click();
await item.locator("h2", { hasText: "（1件）" }).waitFor();
await field("text").fill("説明会を開く。");
await submit.click();
await item.locator("h2", { hasText: "（2件）" }).waitFor();
await item.locator("button[aria-label='上へ：2']").focus();
await page.keyboard.press("Enter");
await page.waitForFunction(() => document.querySelector(".records li")?.textContent.includes("説明会を開く"));
await accessible(page, "the outline of the changes");
await fits(page, "the outline of the changes");
await shot(page, "desk-outline");
await tree.locator(".leaf", { hasText: "写しを置く場所を" }).click();
await item.locator("#item-heading", { hasText: "変更の概要 2" }).waitFor();
await field("text").fill("写しを国内に置くことを、評価書に書き加える。");

// Somebody puts it first, which is no conflict; then writes it, which is one.
const points = () => source().split("[[hearing.outline]]").slice(1).map((one) => one.match(/text = "(.*)"/)[1]);
const [one, other] = source().match(/\[\[hearing\.outline\]\]\n(?:[^\n[][^\n]*\n)+/g);
writeFileSync(FILE, source().replace(one, "#").replace(other, () => one).replace("#", () => other));
await page.waitForTimeout(2500);
expect((await item.locator(".conflict").isHidden()) && points()[0].startsWith("写しを置く"), "a row that only moved is no conflict");
await page.keyboard.press("Control+s");
await saved();
expect(points().join() === "写しを国内に置くことを、評価書に書き加える。,説明会を開く。", "what was typed is written where it stands by now");
await field("text").fill("あとの文");
writeFileSync(FILE, source().replace("写しを国内に置く", "写しを県内に置く"));
await item.locator(".conflict", { hasText: "ほかの人が" }).waitFor();
expect((await item.locator(".theirs").textContent()).includes("県内に"), "the conflict shows theirs");
await item.locator("button", { hasText: "いまの原稿にする" }).click();
await item.locator(".conflict").waitFor({ state: "hidden" });

// The words of the report: those of all documents until one is written.
await tree.locator("summary", { hasText: "報告の部分" }).click();
await tree.locator(".leaf.group-list", { hasText: "報告の部分の一覧" }).click();
await item.locator("h2", { hasText: "（5件）" }).waitFor();
await item.locator(".hint", { hasText: "すべての事務に共通の言葉です" }).waitFor();
await accessible(page, "the parts of the report");
await fits(page, "the parts of the report");
await item.locator("button.link", { hasText: "対応の状況" }).click();
await item.locator("#item-heading", { hasText: "報告の部分 4" }).waitFor();
await field("heading").fill("{n}　対応別の件数");
await page.keyboard.press("Control+s");
await saved();
expect(source().includes('[[report]]\nheading = "{n}　対応別の件数"\nshows = "effect-counts"\n'), "one is written, and the others with it");
await tree.locator("summary", { hasText: "意見の表の列" }).click();
await tree.locator(".leaf.group-list", { hasText: "意見の表の列の一覧" }).click();
await item.locator("h2", { hasText: "（6件）" }).waitFor();
await field("label").fill("寄せられた意見");
await field("field").selectOption("opinions");
await field("width").fill("3");
await submit.click();
await wrong("width", "0.01から1まで");
await field("width").fill("0.3");
await submit.click();
await item.locator("h2", { hasText: "（7件）" }).waitFor();
await accessible(page, "the columns of the table of opinions");
await shot(page, "desk-columns");
await page.locator("#undo").click();
await item.locator("h2", { hasText: "（6件）" }).waitFor();
await end();
