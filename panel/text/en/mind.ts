export const mind = {};
