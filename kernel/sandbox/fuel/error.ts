/**
 * Why a module was not metered: `invalid` (not a valid module), `unsupported` (valid or not, it uses a
 * feature that is refused by name), `limit` (it or its metered form is larger than allowed).
 * `offset` is the place in the input in bytes, 0 where no single place is to blame.
 */
export class MeterError extends Error {
  readonly code: "invalid" | "unsupported" | "limit";
  readonly offset: number;

  constructor(code: MeterError["code"], message: string, offset: number) {
    super(`${message} (at offset ${offset})`);
    this.name = "MeterError";
    this.code = code;
    this.offset = offset;
  }
}

export const invalid = (message: string, offset: number) => new MeterError("invalid", message, offset);

export const unsupported = (feature: string, offset: number) =>
  new MeterError("unsupported", `${feature} is not supported`, offset);

export const overLimit = (what: string, count: number, limit: number, offset: number) =>
  new MeterError("limit", `${what}: ${count} is more than the limit of ${limit}`, offset);
