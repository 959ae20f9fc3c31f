const WEB = /^https?:\/\/\S+$/i;

/** Where something comes from: an address of the web as a link that is shown for what it is, other words as they are. */
export function Source({ text }: { readonly text: string }) {
  return WEB.test(text) ? (
    <a href={text} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  ) : (
    text
  );
}
