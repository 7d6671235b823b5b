import { Assembly } from '../assembly/assembly';
import { Finding } from '../findings/finding';

/** Findings about what is not read, with the resource that is not read. */
export const withContents = (findings: readonly Finding[], { templates }: Assembly): Finding[] => findings.map((finding) => {
  const { place, content, gap } = finding;
  const resource = place && templates.find(({ file }) => file === place.template)?.body.Resources[place.logicalId];
  return gap && content === undefined && resource ? { ...finding, content: JSON.stringify({ ...resource, Metadata: undefined }) } : finding;
});
