// Bundles the editor component of the desk: src/serve/assets/codemirror.js and the licences of all that is in it.
//
// Usage: npm ci && npm run build. The same lock file gives the same bytes; the bundle is kept in the repository, so that the program is
// built without Node.js.

import { build } from "esbuild";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const assets = join(here, "../../src/serve/assets");

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["codemirror.js"],
  outfile: join(assets, "codemirror.js"),
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  metafile: true,
  minify: true,
  target: "es2022",
});

// The licence of every package whose code is in the bundle.
const packages = new Set();
for (const input of Object.keys(metafile.inputs)) {
  const inside = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (inside) packages.add(inside[1]);
}
const parts = [...packages].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt"].map((one) => join(folder, one)).find(existsSync);
  if (!file || license !== "MIT") throw new Error(`${name}: no MIT licence text`);
  return `${name} ${version} (${license})\n\n${readFileSync(file, "utf8").trim()}\n`;
});
writeFileSync(join(assets, "codemirror.LICENSE.txt"), parts.join(`\n${"-".repeat(72)}\n\n`));
console.log(`${packages.size} packages`);
