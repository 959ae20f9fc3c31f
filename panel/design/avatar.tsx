import style from "./avatar.module.css";

const COLOURS = 6;
const SHORT = 8;

/** The picture of an agent: what its manifest gives (a `data:` image or a character), or the first letters of its name on a colour of its own. */
export function Avatar({
  id,
  name,
  icon,
  large,
  small,
}: {
  readonly id: string;
  readonly name: string;
  readonly icon?: string | null;
  readonly large?: boolean;
  /** In a line of text. */
  readonly small?: boolean;
}) {
  const size = large ? style.large : small ? style.small : "";
  if (icon && /^data:image\/(png|jpeg|webp|gif|svg\+xml)[;,]/.test(icon))
    return <img className={`${style.avatar} ${size}`} src={icon} alt="" />;
  const character = icon && icon.length <= SHORT && !/[\w/.]/.test(icon) ? icon : undefined;
  return (
    <span className={`${style.avatar} ${size}`} data-colour={colourOf(id)} aria-hidden>
      {character ?? initialsOf(name || id)}
    </span>
  );
}

const colourOf = (id: string): number =>
  ([...id].reduce((sum, one) => (sum * 31 + (one.codePointAt(0) ?? 0)) % 9973, 7) % COLOURS) + 1;

function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = words.slice(0, 2).map((word) => [...word][0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}
