// How long a clerk waits at the desk: until the tree and the first page are there, and from a key to the page and the findings.
//
// Prints one JSON object with all times in ms. What is waited for is what is seen: a picture counts when it stands in the page, drawn. Of what is
// wrong it is noted too when it stands in the page: the browser draws it with its next picture of the screen.

import { end, expect, window } from "./browser.mjs";

/** Texts that are written in, and letters typed into each. */
const ITEMS = 12;
const LETTERS = 10;

/** Between two letters, in ms, as of somebody who types quickly. */
const PAUSES = [120, 180, 240, 150, 300];

/** How long somebody looks at an item before typing, in ms. */
const LOOK = 900;

const figures = { tree: [], sheet: [], page: [], told: [], findings: [], first: [] };

/** Notes in the page when what is waited for is seen. */
function watching() {
  globalThis.seen = { tree: null, sheet: null, key: null, page: null, told: null, findings: null };
  const next = (name) => requestAnimationFrame(() => setTimeout(() => (globalThis.seen[name] ??= performance.now())));
  const isSight = (image) => {
    const host = document.getElementById("pages").getBoundingClientRect();
    const box = image.getBoundingClientRect();
    return box.bottom > host.top && box.top < host.bottom;
  };
  const start = () => {
    new MutationObserver((records) => {
      for (const record of records) {
        const inside = (id) => record.target.closest?.(id);
        if (inside("#tree") && document.querySelector("#tree .leaf")) next("tree");
        for (const node of record.addedNodes) {
          if (node.tagName === "IMG" && node.src !== "" && inside("#pages")) {
            next("sheet");
            if (isSight(node)) next("page");
          }
        }
        if (record.target.classList?.contains("found-here")) {
          globalThis.seen.told ??= performance.now();
          next("findings");
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
    document.addEventListener("beforeinput", () => Object.assign(globalThis.seen, { key: performance.now(), page: null, told: null, findings: null }), true);
  };
  document.addEventListener("DOMContentLoaded", start);
}

const page = await window({}, watching);
await page.waitForFunction(() => globalThis.seen.sheet !== null);
const opened = await page.evaluate(() => globalThis.seen);
figures.tree.push(opened.tree);
figures.sheet.push(opened.sheet);

/** Asks the items of the largest case for something. */
function ofLeaves(nth) {
  const cases = [...document.querySelectorAll("#tree .case")].map((one) => [...one.querySelectorAll(".leaf:not(.group-list)")]);
  const leaves = cases.sort((one, other) => other.length - one.length)[0];
  leaves[nth]?.click();
  return [leaves.length, leaves[nth]?.textContent];
}

const [leaves] = await page.evaluate(ofLeaves, -1);
expect(leaves > 100, `the form has items: ${leaves}`);

const nap = (time) => page.waitForTimeout(time);
let typed = 0;
for (let step = 0; typed < ITEMS && step < leaves; step += 1) {
  const [, label] = await page.evaluate(ofLeaves, (step * 37) % leaves);
  await nap(LOOK);
  const editor = page.locator("#item .editor");
  // What is printed nowhere shows nothing.
  const isShown = await page.evaluate(() => [...document.querySelectorAll(".sheet .here")].some((one) => !one.hidden));
  if ((await editor.count()) !== 1 || !isShown) continue;
  await editor.click();
  await page.keyboard.press("Control+End");
  typed += 1;
  for (let letter = 0; letter < LETTERS; letter += 1) {
    await page.keyboard.insertText("あ");
    const done = () => page.waitForFunction(() => globalThis.seen.page !== null && globalThis.seen.findings !== null, null, { timeout: 10000, polling: 20 });
    const isDone = await done().then(() => true, () => false);
    const seen = await page.evaluate(() => globalThis.seen);
    if (!isDone) {
      expect(false, `${label}: letter ${letter}: page ${seen.page}, findings ${seen.findings}`);
      break;
    }
    (letter === 0 ? figures.first : figures.page).push(seen.page - seen.key);
    figures.told.push(seen.told - seen.key);
    figures.findings.push(seen.findings - seen.key);
    await nap(PAUSES[letter % PAUSES.length]);
  }
  await page.locator("#item .save-bar button").nth(1).click();
  await nap(300);
}
expect(typed === ITEMS, `${typed} texts were written in`);
console.log(`FIGURES ${JSON.stringify(figures)}`);
await end();
