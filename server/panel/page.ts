import { createHash } from "node:crypto";

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2421; --paper: #f6f5f0; --soft: #5f6b66; --line: #d9d8d0; --leaf: #2f6f4f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebe6; --paper: #161a18; --soft: #9aa6a0; --line: #2c3330; --leaf: #7fc4a0; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, sans-serif; }
main { max-width: 34rem; margin: 2rem; padding: 2.5rem; border: 1px solid var(--line); border-radius: 12px; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; letter-spacing: -.01em; }
h1::before { content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .5em; border-radius: 50%; background: var(--leaf); }
p { margin: .5rem 0 0; color: var(--soft); }
pre { margin: 1.25rem 0 0; padding: 1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; font: 14px/1.7 ui-monospace, monospace; }
`;

/** The style as the content security policy names it. */
export const PAGE_STYLE_HASH = `sha256-${createHash("sha256").update(STYLE).digest("base64")}`;

/** The page at `/` while the panel is not built: that the server runs, and what to do. Tells nothing a stranger may not know. */
export const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fieldwork</title><style>${STYLE}</style></head>
<body><main>
<h1>Fieldwork is running</h1>
<p>The control panel is not built. ./start.sh builds it; the command line works meanwhile, in the project's folder:</p>
<pre>./fw chat
./fw status
./fw agent list
./fw help</pre>
</main></body>
</html>
`;
