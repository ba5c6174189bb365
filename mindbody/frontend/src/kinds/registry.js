// The kinds of exercise that this page has received so far; `host/parts.js` brings more.

export const KINDS = new Map();

/** Make a kind known; its module exports build, describe and, if it likes, sentence. */
export const register = (kind, module) => KINDS.set(kind, module);
