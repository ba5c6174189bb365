// Bundles the sources into dist/, which is committed: whoever installs the book needs no Node.
// CI runs this and then `git diff --exit-code`, so the output holds nothing of the machine or the day.

import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const TARGET = ["chrome111", "firefox115", "safari16.4"];
const BUDGET = 45_000; // page.js and mindbody.css together, gzipped

const OUTPUTS = [
  { entry: "src/host/page.js", name: "page.js", format: "iife", banner: "/*! Mind–Body Formulation, MIT. */" },
  { entry: "src/widget.js", name: "widget.js", format: "esm", banner: "/*! Mind–Body Formulation, MIT. */" },
  { entry: "src/styles/index.css", name: "mindbody.css" },
  { entry: "src/icons.js", name: "fontawesome.js", format: "iife" },
  { entry: "src/theme-fixes.js", name: "theme-fixes.js", format: "iife" },
];

const folder = new URL("./", import.meta.url);
const dist = new URL("dist/", folder);
await mkdir(dist, { recursive: true });
let weight = 0;
for (const { entry, name, format, banner } of OUTPUTS) {
  const { outputFiles } = await build({
    absWorkingDir: fileURLToPath(folder),
    entryPoints: [entry],
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "inline",
    target: TARGET,
    format,
    banner: banner ? { js: banner } : {},
    write: false,
  });
  const { contents } = outputFiles[0];
  await writeFile(new URL(name, dist), contents);
  const packed = gzipSync(contents, { level: 9 }).length;
  if (["page.js", "mindbody.css"].includes(name)) weight += packed;
  console.log(`${name.padEnd(16)} ${String(contents.length).padStart(7)} bytes, ${String(packed).padStart(6)} gzipped`);
}
console.log(`page.js and mindbody.css: ${weight} of ${BUDGET} bytes gzipped`);
if (weight > BUDGET) process.exitCode = 1;
