/** V8 compiles no expression of any length. A template can have texts of up to a million characters. */
const LONGEST = 1_000;

/**
 * A text as a regular expression that matches it and nothing else. One of a very long text also matches others that start like it, with all that follows: what
 * is asked with it is never missed. Every text of a template that becomes a part of a regular expression goes through this.
 */
export const escapedForRegExp = (text: string): string => (text.length <= LONGEST ? escaped(text) : `${escaped(text.slice(0, LONGEST))}[^]*`);

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
