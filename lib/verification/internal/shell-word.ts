/** A word of a command for a shell of POSIX. */
export const shellWord = (word: string): string => (/^[\w./:@=+-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", "'\\''")}'`);
