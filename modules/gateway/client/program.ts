/** Whether a caller is a program that uses the gateway with a key of its own, and no agent. */
export const isProgram = (caller: string): boolean => caller.startsWith("client:");
