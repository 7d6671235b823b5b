/** A block of code in Markdown. Its fence is longer than any in the content, so names in templates cannot end it and become Markdown. */
export function fenced(language: string, content: string): string {
  const fence = '`'.repeat(Math.max(3, ...(content.match(/`+/g) ?? []).map(({ length }) => length + 1)));
  return `${fence}${language}\n${content}\n${fence}`;
}
