/** Capabilities answered without leaving the sandbox process: no grant is needed and nothing outside is touched. */
export interface LocalAnswers {
  /** The reply's JSON text, or `undefined` where the kernel has to be asked. */
  answer(request: string): string | undefined;
  readonly count: () => number;
}

const NOW = '{"cap":"time.now"';
const RANDOM = '{"cap":"random.bytes"';
const LOG = '{"cap":"log"';
const LONGEST = 32_768;
const LEVELS = new Set(["debug", "info", "warn", "error"]);
const DONE = '{"ok":true,"result":{"ok":true}}';

export function createLocalAnswers(log: (line: string) => void): LocalAnswers {
  let count = 0;
  let second = 0;
  let secondText = "";

  /** The ISO text is made once a second; only its milliseconds change in between. */
  const isoTime = (ms: number): string => {
    const whole = Math.floor(ms / 1000);
    if (whole !== second) {
      second = whole;
      secondText = new Date(whole * 1000).toISOString().slice(0, 20);
    }
    return `${secondText}${String(ms % 1000).padStart(3, "0")}Z`;
  };

  return {
    answer(request) {
      if (request.length > LONGEST) return undefined;
      if (request.startsWith(NOW)) {
        const rest = request.slice(NOW.length);
        if (rest !== "}" && rest !== ',"args":{}}') return undefined;
        count++;
        const ms = Date.now();
        return `{"ok":true,"result":{"iso":"${isoTime(ms)}","ms":${ms}}}`;
      }
      if (request.startsWith(RANDOM)) return counted(randomBytes(request));
      if (request.startsWith(LOG)) return counted(logLine(request, log));
      return undefined;
    },
    count: () => count,
  };

  function counted(answer: string | undefined): string | undefined {
    if (answer !== undefined) count++;
    return answer;
  }
}

/** Anything unusual goes to the kernel, whose schemas make the error. */
function argsOf(request: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const { args } = JSON.parse(request) as { args?: unknown };
    return typeof args === "object" && args !== null ? (args as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function randomBytes(request: string): string | undefined {
  const args = argsOf(request);
  const length = args?.length;
  if (!args || Object.keys(args).length !== 1 || !Number.isInteger(length)) return undefined;
  if ((length as number) < 1 || (length as number) > 65_536) return undefined;
  const bytes = crypto.getRandomValues(Buffer.alloc(length as number));
  return `{"ok":true,"result":{"base64":"${bytes.toString("base64")}"}}`;
}

function logLine(request: string, log: (line: string) => void): string | undefined {
  const args = argsOf(request);
  if (!args || Object.keys(args).some((key) => key !== "level" && key !== "text")) return undefined;
  const { level = "info", text } = args;
  if (typeof text !== "string" || text.length > 16_384 || !LEVELS.has(level as string)) return undefined;
  log(level === "info" ? text : `${level}: ${text}`);
  return DONE;
}
