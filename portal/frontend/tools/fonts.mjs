// Keeps, of each font package's style sheet, the writing systems that the portal's languages need.
import { readFileSync } from "node:fs";

const LATIN = ["latin", "latin-ext"];
const SUBSETS = {
  "noto-sans": LATIN,
  "source-serif-4": LATIN,
  "noto-sans-arabic": ["arabic"],
  "noto-naskh-arabic": ["arabic"],
};

/** Each face in these style sheets follows a comment such as "noto-sans-latin-ext-wght-normal". */
const FACE = /\/\* ([\w-]+) \*\/\s*(@font-face \{[^}]*\})/g;
const OLD_FORMAT = /,\s*url\([^)]*\.woff\) format\('woff'\)/g;

export const keptSubsets = {
  name: "kept-subsets",
  setup({ onLoad }) {
    onLoad({ filter: /@fontsource[\w-]*[\\/][\w-]+[\\/][\w-]+\.css$/ }, ({ path }) => {
      const font = path.split(/[\\/]/).at(-2);
      return { contents: keep(readFileSync(path, "utf8"), font), loader: "css" };
    });
  },
};

function keep(css, font) {
  const wanted = new RegExp(`^${font}-(${SUBSETS[font].join("|")})-(wght|\\d+)-`);
  const faces = [...css.matchAll(FACE)].filter(([, name]) => wanted.test(name)).map(([, , face]) => face);
  if (faces.length === 0) throw new Error(`${font}: its style sheet no longer has the form that tools/fonts.mjs reads`);
  return faces.join("\n").replace(OLD_FORMAT, "");
}
