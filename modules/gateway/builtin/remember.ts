/** How people ask to be remembered something, at the beginning of what they say; a few languages. */
const ASKED: readonly RegExp[] = [
  /^(?:please[,\s]+)?(?:remember|don'?t forget|note|keep in mind)(?:\s+that\b|\s*:)/i,
  /^(?:bitte\s+)?(?:merk[e']?\s+dir|denk\s+daran|vergiss\s+nicht)(?:\s*bitte)?\s*[:,]?(?:\s*dass\b)?/i,
  /^(?:souviens[- ]toi|retiens|rappelle[- ]toi|n['’]oublie\s+pas)\s*[:,]?(?:\s*(?:que\b|qu['’]))?/i,
  /^(?:por\s+favor[,\s]+)?(?:recuerda|acuérdate\s+de|no\s+olvides)\s*[:,]?(?:\s*que\b)/i,
  /^(?:ricordati|ricorda|non\s+dimenticare)\s*[:,]?(?:\s*che\b)/i,
  /^(?:lembra(?:-te)?|lembre(?:-se)?|não\s+esqueças?)(?:\s+de)?\s*[:,]?(?:\s*que\b)/i,
  /^(?:onthoud|vergeet\s+niet)\s*[:,]?(?:\s*dat\b)/i,
  /^(?:zapamiętaj|pamiętaj)\s*[:,]?(?:\s*że\b)/iu,
  /^(?:запомни|запомните|не\s+забудь)\s*[:,]?(?:\s*что(?=\s))?/iu,
  /^(?:tolong\s+)?(?:ingat(?:lah)?|catat)(?:\s+bahwa\b|\s*:)/i,
  /^(?:请|請)?(?:记住|記住|记得|記得)[：:，,\s]*/u,
  /^(?:覚えて(?:おいて)?(?:ください)?)[：:、\s]+/u,
  /^(?:기억해(?:\s*줘)?)[:,\s]+/u,
  /^\/remember(?:\s|$)/i,
];

/** What a text asks to be remembered; `undefined` where it does not ask that. */
export function askedToRemember(text: string): string | undefined {
  for (const words of ASKED) {
    const found = words.exec(text)?.[0];
    if (found !== undefined)
      return text
        .slice(found.length)
        .replace(/^[\s,:：，]+/u, "")
        .trim();
  }
  return undefined;
}
