import { isObject, Template } from './template';
import { AccessPlace } from '../../access-reason';

/** The calls that created the construct of a place, the innermost first. Older versions of aws-cdk-lib write them only with `--debug`. Empty if there are none. */
export function creationStack(templates: readonly Template[], { template: file, constructPath }: AccessPlace): readonly string[] {
  const { metadata = {}, reported } = templates.find((template) => template.file === file)?.creation ?? {};
  const path = `/${constructPath}`;
  const entries = [metadata[path] ?? []].flat().filter(isObject);
  const written = entries.map(({ type, data, trace }) => (type === 'aws:cdk:creationStack' ? data : trace));
  return written.map(framesIn).find(({ length }) => length > 0) ?? reported?.get(path) ?? [];
}

/** The calls that a validation report has. */
export function reportedStacks({ pluginReports }: { readonly [name: string]: unknown }): Map<string, readonly string[]> {
  const violations = listOf(pluginReports).flatMap((report) => listOf(report.violations));
  const constructs = violations.flatMap(({ violatingConstructs }) => listOf(violatingConstructs));
  return new Map(constructs.map(({ constructPath, stackTraces }) => [`/${constructPath}`, framesIn(stackTraces).flatMap((text) => text.split('\n'))]));
}

const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

const framesIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((frame) => typeof frame === 'string') : []);
