/** The part of the compiler's interface the tests use; its own types declare a global `console` of their own. */
export function main(
  args: readonly string[],
  options: {
    readFile?(name: string, folder: string): string | null;
    writeFile?(name: string, content: Uint8Array | string, folder: string): void;
    listFiles?(folder: string): string[] | null;
    stdout?: { write(chunk: Uint8Array | string): void };
    stderr?: { write(chunk: Uint8Array | string): void };
  },
): Promise<{
  readonly error: Error | null;
  readonly stdout: { toString(): string };
  readonly stderr: { toString(): string };
}>;
export function compileString(
  source: string | Readonly<Record<string, string>>,
  options?: Readonly<Record<string, unknown>>,
): Promise<{
  readonly error: Error | null;
  readonly binary: Uint8Array<ArrayBuffer> | null;
  readonly text: string | null;
  readonly stderr: { toString(): string };
}>;
declare const asc: { readonly main: typeof main; readonly compileString: typeof compileString };
export default asc;
