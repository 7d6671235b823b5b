import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Severity } from './rule';
import { brokenRules, RULES } from './rules';
import { AccessPlace } from '../../access-reason';
import { Assembly } from '../assembly/assembly';
import { Assignments } from '../assignments/assignments';

const UNREADABLE_TEMPLATES = 'unreadable-templates';

/** The rules that can be reported. */
export const RULE_IDS: readonly string[] = [...RULES.map(({ id }) => id), UNREADABLE_TEMPLATES];

/** A violation of a rule, and the resource that has it. */
export interface ReportedViolation {
  readonly rule: string;
  readonly severity: Severity;
  readonly description: string;
  readonly fix: string;
  /** The absolute path of the template. */
  readonly templatePath: string;
  readonly logicalId: string;
  readonly path?: string;
  readonly constructPath?: string;
}

/**
 * What breaks rules in templates, which the CDK names. Those in one folder are of one stage, and are read together, with their nested stacks.
 *
 * @param templatePaths absolute paths of templates of cloud assemblies.
 */
export const violationsIn = (templatePaths: readonly string[]): ReportedViolation[] => {
  const folders = [...new Set(templatePaths.map((path) => dirname(path)))];
  return folders.flatMap((folder) => {
    const names = templatePaths.filter((path) => dirname(path) === folder).map((path) => basename(path));
    try {
      return violationsOf(folder, names);
    } catch (error) {
      return [unreadable(folder, names, error as Error)];
    }
  });
};

/** A report of another stage has its templates, although the assembly of an app has them, too. */
function violationsOf(folder: string, names: readonly string[]): ReportedViolation[] {
  const assembly = Assembly.fromDirectory(folder);
  const asked = new Set(assembly.templates.filter((template) => names.includes(rootOf(template).file)).map(({ file }) => file));
  return brokenRules(Assignments.read(assembly)).flatMap(({ rule: { id, severity, why, fix }, violations }) => violations
    .filter(({ place }) => asked.has(place.template))
    .map(({ what, place }) => ({ rule: id, severity, description: `${what}. ${why}`, fix, ...resourceAt(folder, place) })));
}

interface Nested { readonly file: string; readonly parent?: { readonly template: Nested } }

const rootOf = (template: Nested): Nested => (template.parent ? rootOf(template.parent.template) : template);

const resourceAt = (folder: string, { template, logicalId, path, constructPath }: AccessPlace) =>
  ({ templatePath: join(folder, template), logicalId, path, constructPath });

/** The CDK leaves out violations without a resource, and an error would end the synthesis. */
function unreadable(folder: string, names: readonly string[], { message }: Error): ReportedViolation {
  const resources = names.flatMap((name) => firstResource(join(folder, name)));
  const { templatePath, logicalId, constructPath } = resources[0] ?? { templatePath: join(folder, names[0]), logicalId: '' };
  return {
    rule: UNREADABLE_TEMPLATES,
    severity: 'error',
    description: `the templates cannot be checked: ${message}`,
    fix: 'Correct what the message names, or report it as a bug',
    templatePath,
    logicalId,
    constructPath,
  };
}

function firstResource(templatePath: string): Array<Pick<ReportedViolation, 'templatePath' | 'logicalId' | 'constructPath'>> {
  const { Resources = {} } = JSON.parse(readFileSync(templatePath, 'utf8'));
  return Object.entries<any>(Resources).slice(0, 1).map(([logicalId, { Metadata }]) => ({ templatePath, logicalId, constructPath: Metadata?.['aws:cdk:path'] }));
}
