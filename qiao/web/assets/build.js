// Builds qiao/web/static/dist: the stylesheets, the scripts and one sprite of the icons that templates name.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const product = join(here, "..", "..");
const dist = join(here, "..", "static", "dist");
const require = createRequire(import.meta.url);
const packageFile = (name) => require.resolve(name);

const walk = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)],
  );

// An icon is named as {% icon "home" %} or as icon="home" (a keyword in Python, an argument in a tag).
const NAMED = /\bicon(?:\s+|=)["']([a-z0-9-]+)["']/g;

function namedIcons() {
  const files = walk(product).filter(
    (file) => /\.(html|py)$/.test(file) && !file.includes("node_modules") && !file.includes(`${join("web", "static")}`),
  );
  const found = new Map();
  for (const file of files)
    for (const [, name] of readFileSync(file, "utf8").matchAll(NAMED)) if (!found.has(name)) found.set(name, file);
  return found;
}

function symbol(name, file) {
  let source;
  try {
    source = readFileSync(packageFile(`@tabler/icons/outline/${name}.svg`), "utf8");
  } catch {
    throw new Error(`There is no icon "${name}" in Tabler; it is named in ${relative(product, file)}.`);
  }
  const strokes = source
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<\/svg>\s*$/, "")
    .replace(/<path stroke="none"[^>]*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return (
    `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ` +
    `stroke-linecap="round" stroke-linejoin="round">${strokes}</symbol>`
  );
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

const withoutMap = (file) => readFileSync(file, "utf8").replace(/\/[/*]# sourceMappingURL=\S+( \*\/)?\s*$/, "");
writeFileSync(join(dist, "tabler.css"), withoutMap(packageFile("@tabler/core/dist/css/tabler.min.css")));
writeFileSync(join(dist, "bootstrap.js"), withoutMap(packageFile("bootstrap/dist/js/bootstrap.bundle.min.js")));

const sheets = readdirSync(join(here, "css")).sort();
writeFileSync(join(dist, "qiao.css"), sheets.map((name) => readFileSync(join(here, "css", name), "utf8")).join("\n"));
cpSync(join(here, "js"), join(dist, "js"), { recursive: true });

const icons = [...namedIcons()].sort(([a], [b]) => a.localeCompare(b));
writeFileSync(
  join(dist, "icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg">\n${icons.map(([name, file]) => symbol(name, file)).join("\n")}\n</svg>\n`,
);

process.stdout.write(`static/dist: ${sheets.length} stylesheets, ${icons.length} icons\n`);
