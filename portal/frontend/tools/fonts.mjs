// Fonts: for pages, of each package's style sheet, the writing systems that the portal's languages need;
// for PDFs, the same families as TrueType files, which Typst reads.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";

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

const REPORT_FONTS = [
  "noto-sans/400Regular/NotoSans_400Regular.ttf",
  "noto-sans/600SemiBold/NotoSans_600SemiBold.ttf",
  "noto-sans/700Bold/NotoSans_700Bold.ttf",
  "noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf",
  "noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf",
  "noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf",
  "noto-naskh-arabic/700Bold/NotoNaskhArabic_700Bold.ttf",
  "source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
];

export function copyReportFonts(folder) {
  const require = createRequire(import.meta.url);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const font of REPORT_FONTS) {
    const [family] = font.split("/");
    copyFileSync(require.resolve(`@expo-google-fonts/${font}`), `${folder}${basename(font)}`);
    copyFileSync(require.resolve(`@expo-google-fonts/${family}/LICENSE_FONT`), `${folder}${family}-licence.txt`);
  }
}
