import { type CallContext, FieldworkError } from "#contract";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const HANDLE = /\{\{secret:[A-Za-z0-9_.-]{1,128}\}\}/g;
/** These make another program of the one that was granted, by loading code into it or changing what it finds. */
const STEERING =
  /^(PATH|IFS|ENV|BASH_ENV|BASH_FUNC.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|PS4|LD_.*|DYLD_.*|GCONV_PATH|NODE_OPTIONS|NODE_PATH|PYTHON(STARTUP|PATH|HOME|INSPECT)|PERL5?(OPT|LIB|5OPT|5LIB|5DB)|RUBY(OPT|LIB)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_JAVA_OPTIONS|GIT_(SSH|SSH_COMMAND|EXEC_PATH|EXTERNAL_DIFF|PAGER|EDITOR|ASKPASS|PROXY_COMMAND|CONFIG.*)|SSH_ASKPASS|FIELDWORK_.*|SYSTEMROOT|COMSPEC|PATHEXT)$/i;

export interface Environment {
  readonly variables: Readonly<Record<string, string>>;
  /** Handle by secret value: what must not come back in the output. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * The whole environment of a program: nothing of Fieldwork's own, only what it needs and what the caller gave.
 * @throws FieldworkError `invalid_input` for names that steer how programs are loaded
 */
export function makeEnvironment(
  given: Readonly<Record<string, string>>,
  base: { readonly path: string; readonly home: string },
  context: Pick<CallContext, "fill">,
): Environment {
  const secrets = new Map<string, string>();
  const variables: Record<string, string> = { PATH: base.path, LANG: "C.UTF-8", HOME: base.home };
  if (process.platform === "win32") {
    variables.SYSTEMROOT = process.env.SYSTEMROOT ?? "C:\\Windows";
    variables.TEMP = base.home;
  }
  for (const [name, value] of Object.entries(given)) {
    if (!NAME.test(name))
      throw new FieldworkError("invalid_input", `${JSON.stringify(name)} is not a variable's name.`);
    if (STEERING.test(name))
      throw new FieldworkError(
        "invalid_input",
        `The variable ${name} cannot be set: it changes which code runs.`,
        {
          remedy: "Leave it out; the setting exec.path says where programs are found.",
        },
      );
    const filled = value.replaceAll(HANDLE, (handle) => {
      const secret = context.fill(handle, "");
      if (secret !== handle) secrets.set(secret, handle);
      return secret;
    });
    if (filled.includes("\0")) throw new FieldworkError("invalid_input", `The variable ${name} holds a NUL.`);
    variables[name] = filled;
  }
  return { variables, secrets };
}

/** Puts handles in the place of secrets in what a program wrote. */
export interface Scrubber {
  /** How many bytes the longest form of a secret has: so much further output has to be read to recognise one at its end. */
  readonly margin_bytes: number;
  scrub(text: string): string;
}

export function makeScrubber(secrets: ReadonlyMap<string, string>): Scrubber {
  const forms = [...secrets]
    .flatMap(([secret, handle]) =>
      [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64")].map(
        (form) => [form, handle] as const,
      ),
    )
    .filter(([form]) => form !== "")
    .sort(([a], [b]) => b.length - a.length);
  return {
    margin_bytes: Math.max(0, ...forms.map(([form]) => Buffer.byteLength(form))),
    scrub: (text) => forms.reduce((clean, [form, handle]) => clean.replaceAll(form, () => handle), text),
  };
}
