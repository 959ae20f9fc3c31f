import {
  type Caller,
  type Capability,
  type JsonObject,
  type JsonValue,
  type Receipt,
  type Reply,
  toErrorData,
} from "#contract";
import type { Journal } from "../journal/index.ts";
import { actedOn } from "./acted.ts";
import { isQuiet } from "./effects.ts";

/** A call as its lines in the journal name it. */
export interface Asked {
  readonly caller: Caller;
  readonly cap: string;
  readonly trace: string;
  readonly span: string;
  readonly parent: string | undefined;
  /** In milliseconds of the monotonic clock. */
  readonly at: number;
}

/** What the journal is told of each call. */
export interface CallLog {
  /** It did not pass the checks. */
  denied(asked: Asked, thrown: unknown): Reply;
  /** Resolves when the line is in the file, so that an effect cut off by a crash leaves a trace. */
  begun(asked: Asked, argsHash: string, targets: readonly string[]): Promise<void>;
  done(asked: Asked, argsHash: string, resultHash: string): Receipt;
  ownerActed(asked: Asked, args: JsonValue): void;
  failed(asked: Asked, capability: Capability, argsHash: string, thrown: unknown): Promise<Reply>;
}

export function createCallLog(journal: Journal): CallLog {
  const write = ({ caller, trace, span, parent }: Asked, kind: string, subject: string, data: JsonObject) =>
    journal.append({ kind, actor: caller.id, subject, data, trace, span, parent: parent ?? null });
  /** A failure is told to the caller even when the journal cannot take it in. */
  const tryWrite = (...line: Parameters<typeof write>): void => {
    try {
      write(...line);
    } catch {
      // The journal's own failure is shown in health; this reply is an error already.
    }
  };

  return {
    denied(asked, thrown) {
      const error = toErrorData(thrown);
      tryWrite(asked, "effect.denied", asked.cap.slice(0, 128), {
        code: error.code,
        message: error.message.slice(0, 500),
      });
      return { ok: false, error };
    },
    begun(asked, argsHash, targets) {
      write(asked, "effect.begun", asked.cap, { args: argsHash, targets });
      return journal.committed();
    },
    done(asked, argsHash, resultHash) {
      const place = write(asked, "capability.called", asked.cap, {
        ok: true,
        args: argsHash,
        result: resultHash,
        ms: msSince(asked.at),
      });
      return { ...place, args_hash: argsHash, result_hash: resultHash };
    },
    ownerActed(asked, args) {
      write(asked, "owner.acted", asked.cap, actedOn(asked.cap, args));
    },
    async failed(asked, capability, argsHash, thrown) {
      const error = toErrorData(thrown);
      tryWrite(asked, "capability.called", asked.cap, {
        ok: false,
        args: argsHash,
        code: error.code,
        message: error.message.slice(0, 500),
        ms: msSince(asked.at),
      });
      if (!isQuiet(capability)) await journal.committed().catch(() => {});
      return { ok: false, error };
    },
  };
}

const msSince = (at: number): number => Math.round((performance.now() - at) * 1000) / 1000;
