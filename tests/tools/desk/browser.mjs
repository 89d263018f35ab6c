// What the parts of the story share: a browser that sees the fonts of the repository, that leaves the machine for nothing, and axe-core.

import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [modules, executablePath, out, address, root, fonts] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export { address, root };

const wrong = [];

/** Notes what is not as it should be; the story goes on. */
export function expect(is, what) {
  if (!is) wrong.push(what);
  console.log(`${is ? "ok  " : "FAIL"} ${what}`);
}

mkdirSync(out, { recursive: true });
const scratch = mkdtempSync(join(tmpdir(), "hyoka-desk-"));
const config = join(scratch, "fonts.conf");
writeFileSync(config, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${scratch}</cachedir></fontconfig>`);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"], env: { ...process.env, FONTCONFIG_FILE: config } });

/** A window of its own, with its own cookie. What the page says wrong and each request that leaves this desk is noted; `first` runs in it first. */
export async function window(options = {}, first = null) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "ja-JP", ...options });
  const page = await context.newPage();
  if (first) await page.addInitScript(first);
  page.setDefaultTimeout(20000);
  const here = new URL(address).origin;
  page.on("request", (request) => {
    const is = request.url().startsWith(`${here}/`) || request.url().startsWith("data:");
    if (!is) expect(false, `a request leaves the desk: ${request.url()}`);
  });
  page.on("console", (message) => {
    // A refusal that the story asks for is told by the browser as an error of the network.
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) expect(false, `the page complains: ${message.text()}`);
  });
  page.on("pageerror", (error) => expect(false, `the script fails: ${error.message}`));
  await page.goto(address);
  await page.waitForSelector("body[data-ready=true]");
  return page;
}

/** Lets axe-core look at a page; its script comes by the driver, past the policy of the page. */
export async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const one of violations) {
    console.log(`     ${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`);
  }
  expect(violations.length === 0, `axe-core finds nothing: ${where}`);
}

/** Whether nothing is wider than the window. */
export async function fits(page, where) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over <= 0, `nothing is wider than the window (${over} px): ${where}`);
}

/** A picture for README and manual. */
export async function picture(page, name) {
  await page.waitForFunction(() => [...document.querySelectorAll(".sheet img")].some((image) => image.complete && image.naturalWidth > 0));
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(out, `${name}.png`) });
}

/** A picture to be looked at. */
export async function shot(page, name) {
  await page.screenshot({ path: join(out, `${name}.png`) });
}

/** Ends the story. */
export async function end() {
  await browser.close();
  console.log(`${wrong.length} wrong`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
