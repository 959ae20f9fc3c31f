export const modules = {};
