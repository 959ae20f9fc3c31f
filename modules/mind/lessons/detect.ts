import type { NewLesson } from "#contract";

const PART_MOST = 600;
const CORRECTION_MOST = 1000;
/** A sign this far into the message is part of its matter, not a correction of what was said before. */
const SIGN_WITHIN = 60;

/**
 * Words with which people correct what was just said, in several languages; at the beginning of a message and as whole words. Only
 * what names the fault counts: a bare `no` may be an answer.
 */
const SIGNS = [
  "that'?s (?:not (?:right|correct|true|what i)|wrong|incorrect)",
  "(?:that|this|it) is (?:not (?:right|correct|true|what i)|wrong|incorrect)",
  "you(?:'re| are) wrong",
  "no,? i (?:said|meant|asked)",
  "i (?:said|meant|asked for) .{1,80} not ",
  "not what i (?:asked|meant|said|wanted)",
  "you (?:misunderstood|forgot|got .{1,40} wrong)",
  "wrong[,.!:]",
  "no[,.!] (?:not|it'?s|it is|use|don'?t)",
  "please don'?t .{1,60} again",
  "stop (?:using|doing|calling)",
  "actually,? (?:it'?s|it is|my|the|no)",
  "das (?:ist|war) (?:falsch|nicht richtig|nicht korrekt|nicht, was)",
  "das stimmt nicht",
  "falsch[,.!:]",
  "nein[,.!] (?:ich|das|es|nicht|nimm|nicht)",
  "ich (?:meinte|sagte|wollte) ",
  "du hast .{1,40} (?:falsch|vergessen|missverstanden)",
  "c'est (?:faux|incorrect|pas (?:ça|correct|ce que))",
  "ce n'est pas (?:ça|correct|juste|ce que)",
  "non[,.!] (?:je|c'est|pas|il|utilise)",
  "tu (?:t'es trompé|as oublié|as mal)",
  "je voulais dire",
  "eso (?:no es|está mal|es incorrecto|es falso)",
  "no[,.!] (?:te|quise|quería|dije|es|eso|usa)",
  "te equivocas",
  "quise decir",
  "incorrecto[,.!:]",
  "isso (?:não|está errado)",
  "não[,.!] (?:eu|é|isso|quis|use)",
  "você (?:errou|esqueceu)",
  "è sbagliato",
  "non è (?:corretto|giusto|vero)",
  "no[,.!] (?:volevo|intendevo|ho detto|usa)",
  "hai (?:sbagliato|dimenticato)",
  "dat (?:is (?:fout|niet)|klopt niet)",
  "nee[,.!] (?:ik|het|dat|niet)",
  "det (?:är fel|stämmer inte)",
  "nej[,.!] (?:jag|det|inte)",
  "(?:itu )?salah[,.!:]? ?",
  "bukan[,.!] ",
  "bukan itu",
  "maksud saya",
  "to (?:nieprawda|źle|nie tak)",
  "nie[,.!] (?:chodziło|to|nie|użyj)",
  "это (?:неверно|неправильно|не так|не то)",
  "нет[,.!] (?:я|это|не)",
  "ты (?:ошиб|забыл)",
  "неправильно",
  "bu yanlış",
  "hayır[,.!] ",
  "不对",
  "不是这样",
  "错了",
  "你错了",
  "我说的是",
  "我的意思是",
  "違います",
  "違う",
  "間違",
  "そうじゃな",
  "아니[,요.!]",
  "틀렸",
  "그게 아니",
  "هذا خطأ",
  "ليس صحيح",
  "זה לא נכון",
  "यह गलत",
];
const CORRECTS = new RegExp(`(?<![\\p{L}\\p{N}])(?:${SIGNS.join("|")})`, "iu");

/** Does a message correct what was said before it? Told by plain signs, and with care: what is doubtful is none. */
export function corrects(text: string): boolean {
  if (text.length > CORRECTION_MOST) return false;
  const found = CORRECTS.exec(text.trim());
  if (!found || found.index > SIGN_WITHIN) return false;
  // At the beginning of a clause, or behind one word such as `sorry` or `but`.
  const before = text.trim().slice(0, found.index).trimEnd();
  return before === "" || /[.,;:!?。！？，]$/u.test(before) || /^\S+$/u.test(before);
}

/** The lesson in a correction: what was asked, what the agent answered, what the user says instead. */
export function correctionLesson(
  asked: string | undefined,
  answered: string | undefined,
  said: string,
): NewLesson | undefined {
  if (answered === undefined || answered.trim() === "" || !corrects(said)) return undefined;
  return {
    situation: cut(asked ?? answered, PART_MOST),
    mistake: cut(answered, PART_MOST),
    better: cut(said, PART_MOST),
    code: "corrected",
    severity: "high",
  };
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most)}…`);
