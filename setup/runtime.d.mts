export const RUNTIME_FLAGS: readonly string[];
export const RUNTIME_ENVIRONMENT: Readonly<Record<string, string>>;
