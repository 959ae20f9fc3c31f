const ALLOWED: ReadonlySet<string> = new Set(["http:", "https:", "mailto:"]);

/** Where a link of somebody's text may lead: an absolute address of the web or of mail; nothing else is a link. */
export function safeHref(href: string): string | undefined {
  try {
    const { protocol, href: whole } = new URL(href);
    return ALLOWED.has(protocol) ? whole : undefined;
  } catch {
    return undefined;
  }
}
