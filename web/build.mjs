// Builds styles, scripts, fonts and icons into one folder of files whose names carry their content.
//
//   node build.mjs [folder]        (default: dist)
//
// Each file stands beside its brotli and gzip forms; manifest.json says which name a page's "console.css" has today.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
const modules = join(here, "node_modules");
const manifest = {};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const fonts = buildFonts();
buildStyles();
await buildScripts();
buildIcons();
emit("favicon.svg", readFileSync(join(here, "src/favicon.svg")));
for (const file of readdirSync(join(here, "src/app")).sort()) emit(file, readFileSync(join(here, "src/app", file)), false);
writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
report();

/** Writes one file under a name that changes with its content, with its compressed forms; answers the new name. */
function emit(name, content, compressed = true) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const suffix = extname(name);
  const file = `${basename(name, suffix)}.${hash}${suffix}`;
  writeFileSync(join(out, file), bytes);
  const sizes = { file, bytes: bytes.length };
  if (compressed) {
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const brotli = brotliCompressSync(bytes, { params: parameters });
    writeFileSync(join(out, `${file}.br`), brotli);
    writeFileSync(join(out, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    sizes.brotli = brotli.length;
  }
  manifest[name] = sizes;
  return file;
}

/** The three weights of Titillium Web that the design system uses, Latin only. */
function buildFonts() {
  const folder = join(modules, "bootstrap-italia/src/fonts/Titillium_Web");
  const weights = { 400: "regular", 600: "600", 700: "700" };
  return Object.entries(weights).map(([weight, style]) => {
    const font = readFileSync(join(folder, `titillium-web-v10-latin-ext_latin-${style}.woff2`));
    return { weight, file: emit(`titillium-${weight}.woff2`, font, false) };
  });
}

function buildStyles() {
  const faces = fonts.map(({ weight, file }) =>
    `@font-face{font-family:"Titillium Web";font-style:normal;font-weight:${weight};font-display:swap;` +
    `src:url("/assets/${file}") format("woff2")}`);
  for (const name of ["console", "portal"]) {
    const { css } = sass.compile(join(here, `src/styles/${name}.scss`), {
      loadPaths: [join(here, "src/styles"), modules],
      style: "compressed",
      quietDeps: true,
      silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      logger: { warn() {}, debug() {} },
    });
    const { code } = esbuild.transformSync(css.replace(/^\uFEFF/, ""), { loader: "css", minify: true, target: "chrome120" });
    emit(`${name}.css`, faces.join("") + code);
  }
}

async function buildScripts() {
  const scripts = { "sportello.js": "sportello.ts", "live.js": "live/worker.ts", "offline-worker.js": "offline-worker.ts" };
  for (const [name, source] of Object.entries(scripts)) {
    const result = await esbuild.build({
      entryPoints: [join(here, "src/scripts", source)],
      bundle: true, minify: true, write: false, format: "iife", target: "es2022", legalComments: "none",
    });
    emit(name, result.outputFiles[0].contents);
  }
}

/** One sprite of our own drawings: every file of src/icons becomes a symbol with its name. */
function buildIcons() {
  const folder = join(here, "src/icons");
  const symbols = readdirSync(folder).filter((file) => file.endsWith(".svg")).sort().map((file) => {
    const drawing = readFileSync(join(folder, file), "utf8");
    const inside = drawing.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>[\s\S]*$/, "").trim();
    return `<symbol id="${basename(file, ".svg")}" viewBox="0 0 24 24">${inside}</symbol>`;
  });
  emit("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);
}

function report() {
  for (const [name, { bytes, brotli }] of Object.entries(manifest)) {
    console.log(`${name.padEnd(24)} ${String(bytes).padStart(8)} B ${String(brotli ?? bytes).padStart(8)} B over the wire`);
  }
}
