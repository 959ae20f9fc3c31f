/** A rule as it is edited; `key` is its place while it is. */
export interface Draft {
  readonly key: number;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

interface Rule {
  readonly id: string;
  readonly text: string;
  readonly amplitude: number;
  readonly sacred: boolean;
}

const GROUPS = ["sacred", "strong", "usual", "weak"] as const;
export type Group = (typeof GROUPS)[number];
const LEAST = { strong: 0.7, usual: 0.4 };

const groupOf = ({ sacred, amplitude }: Rule): Group =>
  sacred ? "sacred" : amplitude >= LEAST.strong ? "strong" : amplitude >= LEAST.usual ? "usual" : "weak";

/** Rules by how strongly they hold, the strongest first; groups without a rule are left out. */
export const grouped = (rules: readonly Rule[]): readonly (readonly [Group, readonly Rule[]])[] =>
  GROUPS.map(
    (group) =>
      [
        group,
        rules.filter((rule) => groupOf(rule) === group).sort((a, b) => b.amplitude - a.amplitude),
      ] as const,
  ).filter(([, own]) => own.length > 0);

/** The file says more than its rules: headings and comments, which rules written anew do not keep. */
export const saysMore = (text: string): boolean => /^#{2,6}\s|<!--/m.test(text);
