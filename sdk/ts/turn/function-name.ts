/** A tool's name as a model's function: a dot becomes `_`, an underscore `__`, as the contract says. */
export const toolFunctionName = (name: string): string => name.replaceAll("_", "__").replaceAll(".", "_");

export const toolNameOf = (functionName: string): string =>
  functionName.includes(".")
    ? functionName
    : functionName.replace(/__|_/g, (mark) => (mark === "__" ? "_" : "."));
