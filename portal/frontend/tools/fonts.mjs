// Fonts: for pages, of each package's style sheet, the writing systems that the portal's languages need;
// for PDFs, the same families as TrueType files, which Typst reads.
import { copyFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import subsetFont from "subset-font";

const LATIN = ["latin", "latin-ext"];
const SUBSETS = {
  "noto-sans": LATIN,
  "source-serif-4": LATIN,
  "noto-sans-arabic": ["arabic"],
  "noto-naskh-arabic": ["arabic"],
};

/** What is kept of a file: letters for our languages and for transliterated names, in the weights that pages use. */
const LETTERS = {
  latin: letters(
    [0x20, 0x7e], [0xa0, 0xff], [0x131, 0x131], [0x152, 0x153], [0x2b9, 0x2dd], [0x300, 0x36f],
    [0x2000, 0x206f], [0x20ac, 0x20ac], [0x2122, 0x2122], [0x2190, 0x2193], [0x2212, 0x2215],
    [0xfeff, 0xfeff], [0xfffd, 0xfffd],
  ),
  "latin-ext": letters(
    [0x100, 0x24f], [0x250, 0x2af], [0x2b0, 0x2ff], [0x300, 0x36f], [0x1e00, 0x1eff], [0x20a0, 0x20c0],
  ),
  arabic: letters(
    [0x20, 0x20], [0x600, 0x6ff], [0x200b, 0x200f], [0x2010, 0x2014], [0x2018, 0x201d], [0xfd3e, 0xfd3f],
  ),
};
const WEIGHTS = { wght: { min: 400, max: 700 } };

/** Each face in these style sheets follows a comment such as "noto-sans-latin-ext-wght-normal". */
const FACE = /\/\* ([\w-]+) \*\/\s*(@font-face \{[^}]*\})/g;
const OLD_FORMAT = /,\s*url\([^)]*\.woff\) format\('woff'\)/g;

export const fonts = {
  name: "fonts",
  setup({ onLoad }) {
    onLoad({ filter: /@fontsource[\w-]*[\\/][\w-]+[\\/][\w-]+\.css$/ }, ({ path }) => {
      const font = path.split(/[\\/]/).at(-2);
      return { contents: keep(readFileSync(path, "utf8"), font), loader: "css" };
    });
    onLoad({ filter: /\.woff2$/ }, async ({ path }) => ({ contents: await smaller(path), loader: "file" }));
  },
};

function letters(...ranges) {
  return ranges
    .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, place) => first + place))
    .map((code) => String.fromCodePoint(code))
    .join("");
}

function smaller(path) {
  const [, subset, weight] = basename(path).match(/-(latin-ext|latin|arabic)-(wght|\d+)-normal\.woff2$/);
  const variationAxes = weight === "wght" ? WEIGHTS : {};
  return subsetFont(readFileSync(path), LETTERS[subset], { targetFormat: "woff2", variationAxes });
}

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
