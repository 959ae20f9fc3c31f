/** Order of two SemVer versions (https://semver.org, §11): negative, zero or positive. */
export function compareVersions(left: string, right: string): number {
  const a = partsOf(left);
  const b = partsOf(right);
  for (let at = 0; at < 3; at++) {
    const difference = compareNumbers(a.numbers[at] ?? "0", b.numbers[at] ?? "0");
    if (difference !== 0) return difference;
  }
  if (a.pre.length === 0 || b.pre.length === 0) return b.pre.length - a.pre.length;
  for (let at = 0; at < Math.max(a.pre.length, b.pre.length); at++) {
    const difference = compareIdentifiers(a.pre[at], b.pre[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string) {
  const [core = "", pre = ""] = (version.split("+")[0] ?? "").split(/-(.*)/s);
  return { numbers: core.split("."), pre: pre === "" ? [] : pre.split(".") };
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const numeric = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numeric[0] && numeric[1]) return compareNumbers(a, b);
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Digits without leading zeros, of any length. */
function compareNumbers(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
