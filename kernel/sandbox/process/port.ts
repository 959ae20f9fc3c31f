/** How a guest reaches the kernel: JSON texts, never objects. */
export interface KernelPort {
  /** `{"cap","args"}` → the reply. Rejects only when the guest is being stopped. */
  request(json: string): Promise<string>;
}

interface ReplyText {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A call from code of this process in the guest's name. */
export async function ask<T>(port: KernelPort, cap: string, args: unknown): Promise<T> {
  const reply = JSON.parse(await port.request(JSON.stringify({ cap, args }))) as ReplyText;
  if (reply.ok) return reply.result as T;
  throw new PortError(reply.error?.code ?? "internal", reply.error?.message ?? "unknown");
}

export class PortError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
