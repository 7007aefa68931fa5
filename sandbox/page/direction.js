// Whoever knows which way a line runs: by its first letter, as Telegram's clients do it.
// Browsers decide dir="auto" by that letter too, but look into isolated pieces ("⁨F-0003⁩ …"), which Unicode's rule P2 skips.

const ISOLATED = /[\u2066-\u2068][^\u2066-\u2069]*(\u2069|$)/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/;
const STRONG = /[\p{L}\u200e\u200f]/u;

function firstStrong(line) {
  let outside = line;
  for (let before = ""; before !== outside;) {
    before = outside;
    outside = outside.replace(ISOLATED, "");
  }
  return STRONG.exec(outside)?.[0] ?? null;
}

/** What to set as `dir`: the browser's own choice, save where isolates would mislead it. */
export function directionOf(line) {
  const letter = /[\u2066-\u2068]/.test(line) ? firstStrong(line) : null;
  if (letter === null) return "auto";
  return RIGHT_TO_LEFT.test(letter) ? "rtl" : "ltr";
}

export function runsFromTheRight(line) {
  const letter = firstStrong(line);
  return letter !== null && RIGHT_TO_LEFT.test(letter);
}
