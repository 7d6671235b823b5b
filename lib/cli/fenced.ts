/** A block of code in Markdown. Its fence is longer than any in the content, so names in templates cannot end it and become Markdown. */
export function fenced(language: string, content: string): string {
  const fence = '`'.repeat((content.match(/`+/g) ?? []).reduce((most, { length }) => Math.max(most, length + 1), 3));
  return `${fence}${language}\n${content}\n${fence}`;
}
