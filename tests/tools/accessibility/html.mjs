// Reads HTML pages as a browser shows them: axe-core at three widths, no sideways scrolling, and the page as it prints.
//
// Usage: html.mjs MODULES CHROMIUM OUT FOLDER...
// MODULES: a folder with node_modules of package.json. OUT: where the printed pages go, for printed.py.
// Exit code: 0 as it should be, 1 something is wrong.

import { createRequire } from "node:module";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, out, ...folders] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), "node_modules", "x.js"));
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")))).default;
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Widths in CSS pixels: a screen, a phone, and a page at 400 %. */
const WIDTHS = [1280, 390, 320];

mkdirSync(out, { recursive: true });
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu"] });
let wrong = 0;
let pages = 0;
for (const folder of folders) {
  const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).sort();
  for (const name of files) {
    pages += 1;
    const page = await browser.newPage();
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900 });
      await page.goto(pathToFileURL(join(resolve(folder), name)).href);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      for (const one of violations) {
        wrong += one.nodes.length;
        console.log(`${name} at ${width} px: ${one.id} (${one.nodes.length}): ${one.help}: ${one.nodes[0].html}`);
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) {
        wrong += 1;
        console.log(`${name} at ${width} px: ${over} px wider than the screen`);
      }
    }
    const path = join(out, `${relative(".", name).replaceAll("/", "+")}.pdf`);
    await page.pdf({ path, preferCSSPageSize: true, format: "A4" });
    await page.close();
  }
}
await browser.close();
console.log(`${pages} HTML pages at ${WIDTHS.join(", ")} px, ${wrong} wrong`);
process.exit(wrong === 0 && pages > 0 ? 0 : 1);
