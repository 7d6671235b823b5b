/** What one can choose from, for a message: `a, b or c`. */
export const alternatives = (names: readonly string[]): string => [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');
