// Bundles the sources into dist/, which is committed: whoever installs the book needs no Node.
// CI runs this and then `git diff --exit-code`, so the output holds nothing of the machine or the day.
//
// A page loads page.js and mindbody.css and, for the kinds of exercise it holds, the parts listed in parts.json, with
// their style. What a part and page.js both need, and what several parts need, stands in page.js alone, which hands it
// over (src/host/parts.js).

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { minify } from "terser";

const TARGET = ["chrome111", "firefox115", "safari16.4"];
// page.js, mindbody.css and any page's parts together, gzipped; tests/test_book.py holds every chapter to it.
const BUDGET = 45_000;
const BANNER = { js: "/*! Mind–Body Formulation, MIT. */" };
const SHARED = "virtual:shared";
const HANDED = "mindbodyShared";

const folder = new URL("./", import.meta.url);
const absWorkingDir = fileURLToPath(folder);
const src = resolve(absWorkingDir, "src");
const dist = new URL("dist/", folder);

const bundle = (options) =>
  build({
    absWorkingDir,
    bundle: true,
    minify: true,
    charset: "utf8",
    legalComments: "inline",
    target: TARGET,
    write: false,
    metafile: true,
    ...options,
  });
const inputs = ({ metafile }) => Object.keys(metafile.inputs).filter((name) => name.startsWith("src/"));

/** The entry of a part, or of Jupyter's one module: its kinds, made known, and what else it holds. */
const entryOf = (kinds, ...more) => {
  const lines = Object.entries(kinds).map(([kind, file], i) => `import * as m${i} from "./kinds/${file}.js"; register(${JSON.stringify(kind)}, m${i});`);
  return { contents: ['import { register } from "./kinds/registry.js";', ...more, ...lines].join("\n"), resolveDir: src };
};

/** What page.js hands over: the modules by their names. */
const sharing = (names) => ({
  name: "shared",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${SHARED}$`) }, () => ({ path: SHARED, namespace: "shared" }));
    build.onLoad({ filter: /.*/, namespace: "shared" }, () => ({
      contents: [
        ...names.map((name, i) => `import * as m${i} from "./${name}";`),
        `export default {${names.map((name, i) => `${JSON.stringify(name)}: m${i}`).join(", ")}};`,
      ].join("\n"),
      resolveDir: src,
    }));
  },
});

/** In a part, such a module is the one that was handed over. */
const handedOver = (names) => ({
  name: "handed-over",
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
      const name = relative(src, resolve(resolveDir, path));
      return names.includes(name) ? { path: name, namespace: "handed-over" } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: "handed-over" }, ({ path }) => ({
      contents: `module.exports = ${HANDED}[${JSON.stringify(path)}];`,
    }));
  },
});

async function write(name, { outputFiles }, pressed = false) {
  let { contents } = outputFiles[0];
  // Terser finds 6 % more than esbuild in what pages load (gzipped, measured on page.js).
  if (pressed) contents = Buffer.from((await minify(outputFiles[0].text, { compress: { passes: 2, ecma: 2022 }, format: { comments: /^!/ } })).code);
  await writeFile(new URL(name, dist), contents);
  const packed = gzipSync(contents, { level: 9 }).length;
  console.log(`${name.padEnd(22)} ${String(contents.length).padStart(7)} bytes, ${String(packed).padStart(6)} gzipped`);
  return packed;
}

const SEVERAL = 3;

const parts = Object.entries(JSON.parse(await readFile(new URL("parts.json", folder), "utf8")));
const page = { entryPoints: ["src/host/page.js"], format: "iife", banner: BANNER };
const core = inputs(await bundle({ ...page, plugins: [sharing([])] }));
const wholes = await Promise.all(parts.map(([, { kinds }]) => bundle({ stdin: entryOf(kinds), format: "iife" })));
const used = wholes.flatMap(inputs);
const shared = [...new Set(used)]
  .filter((name) => core.includes(name) || used.filter((other) => other === name).length >= SEVERAL)
  .map((name) => name.slice("src/".length))
  .sort();

await rm(dist, { recursive: true, force: true });
await mkdir(new URL("parts/", dist), { recursive: true });
let weight = await write("page.js", await bundle({ ...page, plugins: [sharing(shared)] }), true);
weight += await write("mindbody.css", await bundle({ entryPoints: ["src/styles/index.css"] }));
await write("widget.css", await bundle({ entryPoints: ["src/styles/all.css"] }));
const apart = Object.assign({}, ...parts.map(([, { kinds }]) => kinds));
const whole = entryOf(apart, 'import "./kinds/core.js";', 'export { default } from "./widget.js";');
await write("widget.js", await bundle({ stdin: whole, format: "esm", banner: BANNER }));
for (const name of ["icons", "theme-fixes", "due"]) {
  await write(name === "icons" ? "fontawesome.js" : `${name}.js`, await bundle({ entryPoints: [`src/${name}.js`], format: "iife" }));
}
let all = weight;
for (const [name, { kinds }] of parts) {
  const wrapped = { js: `(globalThis.mindbodyParts??=[]).push(${HANDED}=>{` };
  all += await write(
    `parts/${name}.js`,
    await bundle({ stdin: entryOf(kinds), format: "iife", banner: wrapped, footer: { js: "});" }, plugins: [handedOver(shared)] }),
    true,
  );
}
for (const style of new Set(parts.flatMap(([, { style }]) => style ?? []))) {
  all += await write(`parts/${style}.css`, await bundle({ entryPoints: [`src/styles/${style}.css`] }));
}
console.log(`every page: ${weight} bytes gzipped; with all parts: ${all}; a page may have ${BUDGET}`);
if (weight > BUDGET) process.exitCode = 1;
