export const GRADES = ["none", "slight", "moderate", "severe", "very_severe", "destroyed", "unknown"];

/** The colours of the page's style sheet, so that they stand in one place. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
