import { basename, dirname, join } from 'node:path';
import { assemblyOfApp } from './app-assembly';
import { MISPLACED_ACKNOWLEDGEMENT, UNREADABLE_TEMPLATES, UNUSED_ACKNOWLEDGEMENT } from './plugin-alerts';
import { atFirstResource, ReportedViolation, rootOf, violationsIn } from './violations-in';
import { AccessPlace } from '../../access-reason';
import { AcknowledgedViolation } from '../../pod-access-plugin-props';
import { Assembly } from '../assembly/assembly';
import { placeIn, Template } from '../assembly/template';
import { misspelled } from '../questions/nearest';

/** Whether an entry accepts a violation. */
export const accepts = ({ ruleId, constructPath }: AcknowledgedViolation, { rule, place }: ReportedViolation): boolean =>
  rule.id === ruleId && isWithin(constructPath, pathOf(place));

/**
 * The entries that accept nothing in the whole app. Some versions of aws-cdk-lib ask for the templates of each account and Region by themselves: an entry without
 * a violation is reported once, with the template of the first resource that it is about.
 *
 * @param violations of these templates, also those that an entry accepts.
 */
export function unusedAcknowledgements(
  templatePaths: readonly string[], acknowledged: readonly AcknowledgedViolation[], violations: readonly ReportedViolation[],
): ReportedViolation[] {
  const unused = acknowledged.map((entry, i) => ({ entry, name: `acknowledged[${i}]` })).filter(({ entry }) => !violations.some((one) => accepts(entry, one)));
  const resources = unused.length > 0 && templatePaths.length > 0 && isRead(violations) ? resourcesOf(assemblyOfApp(dirname(templatePaths[0]))) : [];
  return resources.length === 0 ? [] : unused.flatMap(({ entry, name }) => {
    const [first, ...others] = resources.filter(({ paths }) => paths.some((path) => isWithin(entry.constructPath, path)));
    if (!first) {
      return [atFirstResource(MISPLACED_ACKNOWLEDGEMENT, templatePaths, misplaced(`${name}.constructPath`, entry.constructPath, resources))];
    }
    const elsewhere = [...new Set(others.map(({ root }) => root))].filter((root) => !templatePaths.includes(root));
    return templatePaths.includes(first.root) && !mayAccept(entry, elsewhere) ? [unusedAt(first, entry, name)] : [];
  });
}

interface Resource {
  /** Of its construct and, where the template does not say which one, of all that it might be. */
  readonly paths: readonly string[];
  readonly place: AccessPlace;
  readonly templatePath: string;
  /** The template of the stack, which is another one if the resource is in a nested stack. */
  readonly root: string;
}

/** Empty if templates cannot be read: what is in them is not known. */
function resourcesOf(assembly: string): Resource[] {
  try {
    return Assembly.fromDirectory(assembly).templates.flatMap((template) => Object.keys(template.body.Resources).map((logicalId) => {
      const place = placeIn(template, logicalId);
      return {
        paths: place.constructPath === undefined ? [pathOf(place), ...possiblePaths(template, logicalId)] : [place.constructPath],
        place,
        templatePath: join(assembly, template.file),
        root: join(assembly, rootOf(template).file),
      };
    }));
  } catch {
    return [];
  }
}

/** Resources of several nested stacks can have one logical ID. */
const possiblePaths = ({ creation }: Template, logicalId: string): string[] => Object.entries(creation?.metadata ?? {})
  .filter(([, entries]) => [entries].flat().some((entry: any) => entry?.data === logicalId))
  .map(([path]) => path.replace(/^\//, ''));

/** Without the path of its construct, a place is named by its template in the folder of its stage. */
const pathOf = ({ constructPath, template, logicalId }: AccessPlace): string => constructPath ?? `${basename(template)}/${logicalId}`;

const isWithin = (constructPath: string, path: string): boolean => `${path}/`.startsWith(`${constructPath}/`);

const isRead = (violations: readonly ReportedViolation[]): boolean => violations.every(({ rule }) => rule !== UNREADABLE_TEMPLATES);

function mayAccept(entry: AcknowledgedViolation, templatePaths: readonly string[]): boolean {
  const violations = violationsIn(templatePaths);
  return !isRead(violations) || violations.some((violation) => accepts(entry, violation));
}

function misplaced(name: string, constructPath: string, resources: readonly Resource[]): string {
  const constructs = new Set(resources.flatMap(({ paths }) => paths).flatMap(withParents));
  const nearest = misspelled(constructPath, [...constructs]);
  return `${name} is ${JSON.stringify(constructPath)}, but the cloud assembly has no resource with this path, nor below it${nearest ? `: did you mean ${nearest}?` : '.'} `
    + MISPLACED_ACKNOWLEDGEMENT.why;
}

const withParents = (path: string): string[] => path.split('/').map((_, i, parts) => parts.slice(0, i + 1).join('/'));

const unusedAt = ({ place, templatePath }: Resource, { ruleId, constructPath }: AcknowledgedViolation, name: string): ReportedViolation => ({
  rule: UNUSED_ACKNOWLEDGEMENT,
  message: `${name} accepts nothing: no resource of ${constructPath} breaks ${ruleId}. ${UNUSED_ACKNOWLEDGEMENT.why}`,
  place,
  creationStack: [],
  templatePath,
});
