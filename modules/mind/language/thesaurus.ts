export function related(_: string): ReadonlyMap<string, number> { return new Map(); }
