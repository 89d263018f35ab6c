// The opinions of a hearing: their workbook is made and kept, comes back by being dropped, is shown, taken over, taken back. Beside ROOT lie
// 意見.xlsx, as it came back, and 受付簿.xlsx, which no export wrote.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, end, expect, root, shot, window } from "./browser.mjs";

const source = () => readFileSync(join(root, "content/municipalities/aozora/zei/comments.toml"), "utf8");
const before = source();
const page = await window();
const dialog = page.locator("dialog");
const button = (words) => dialog.locator("button", { hasText: words });

// Out: the workbook alone, kept as a file.
await page.locator("#make").click();
await dialog.locator("#make-what").selectOption({ label: "意見のブック" });
await dialog.locator("button.primary").click();
await dialog.locator(".made a").first().waitFor({ timeout: 120000 });
const [download] = await Promise.all([page.waitForEvent("download"), dialog.locator(".made a").first().click()]);
expect(download.suggestedFilename() === "aozora-zei-iken.xlsx", `the workbook of opinions is kept: ${download.suggestedFilename()}`);
await button("閉じる").click();

// Back: dropped on the desk.
const bytes = readFileSync(join(root, "../意見.xlsx")).toString("base64");
const data = await page.evaluateHandle((bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], "意見.xlsx"));
  return data;
}, bytes);
await page.dispatchEvent("body", "drop", { dataTransfer: data });
await dialog.locator(".difference", { hasText: "説明会を開いてほしい。" }).waitFor();
expect((await dialog.locator(".made").textContent()).includes("追加 1件、変更 1か所、変更なし 4件"), "what came back is counted");
expect(source() === before, "it is shown first");
await accessible(page, "opinions that came back");
await dialog.evaluate((box) => box.scrollTo(0, 0));
await shot(page, "desk-opinions");
await button("原稿に取り込む").click();
await page.waitForFunction(() => !document.querySelector("dialog[open]") && !document.querySelector("#undo").disabled);
expect(source().includes("説明会を開いてほしい。"), "then taken over");
await page.locator("#undo").click();
await page.waitForFunction(() => document.querySelector("#undo").disabled);
expect(source() === before, "and taken back");

// A list that an office kept: whose it is, is asked; who sent them in is never shown.
await page.locator("#answers").click();
await page.locator("#answers-file").setInputFiles(join(root, "../受付簿.xlsx"));
await dialog.locator("#opinions-case").waitFor();
await accessible(page, "opinions of nobody knows which case");
await dialog.locator("#opinions-case").selectOption({ value: "zei" });
await button("もう一度読む").click();
await dialog.locator(".difference", { hasText: "図が見にくい。" }).waitFor();
expect(!(await dialog.textContent()).includes("花子"), "who sent an opinion in is not shown");
await button("原稿に取り込む").click();
await page.waitForFunction(() => !document.querySelector("dialog[open]") && !document.querySelector("#undo").disabled);
expect(source().includes("図が見にくい。") && !source().includes("花子"), "opinions of another list are taken over without their names");
await end();
