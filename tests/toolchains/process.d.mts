export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program to its end and gives its standard output. A failure says what the program said last. */
export function run(command: readonly string[], options?: RunOptions): Promise<string>;
