import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { MISPLACED_ACKNOWLEDGEMENT, UNREADABLE_TEMPLATES, UNUSED_ACKNOWLEDGEMENT, UNWRITABLE_PAGE, UNWRITABLE_SARIF } from './plugin-alerts';
import { Rule } from './rule';
import { brokenRules, RULES } from './rules';
import { AccessPlace } from '../../access-reason';
import { Alert, AlertRule } from '../../internal/sarif/alert';
import { Assembly } from '../assembly/assembly';
import { Assignments } from '../assignments/assignments';

/** The rules whose violations can be acknowledged. */
export const ACKNOWLEDGEABLE_IDS: readonly string[] = [...RULES, UNREADABLE_TEMPLATES].map(({ id }) => id);

/** The rules that can be reported. */
export const RULE_IDS: readonly string[] = [
  ...ACKNOWLEDGEABLE_IDS,
  ...[UNWRITABLE_SARIF, UNWRITABLE_PAGE, MISPLACED_ACKNOWLEDGEMENT, UNUSED_ACKNOWLEDGEMENT].map(({ id }) => id),
];

/** A violation of a rule, and the resource that has it. */
export interface ReportedViolation extends Alert {
  readonly place: AccessPlace;
  /** The absolute path of the template. */
  readonly templatePath: string;
}

/** What breaks rules in any templates. */
export const violationsOfRules = (assignments: Assignments): Array<Alert & { readonly place: AccessPlace }> =>
  brokenRules(assignments).flatMap(({ rule, violations }) => violations.map(({ what, place }) =>
    ({ rule: alertRule(rule), message: `${what}. ${rule.why}`, place, creationStack: assignments.creationStack(place) })));

/** A rule as a kind of alert. */
export const alertRule = ({ id, severity, title, why, fix }: Rule): AlertRule => ({ id, level: severity, title, why, fix, guide: `validation.md#${id}` });

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
      return [ofError(UNREADABLE_TEMPLATES, folder, names, `the templates cannot be checked: ${(error as Error).message}`)];
    }
  });
};

/** A violation that is not of a resource, at the first one of the templates. */
export const atFirstResource = (rule: AlertRule, templatePaths: readonly string[], message: string): ReportedViolation =>
  ofError(rule, dirname(templatePaths[0]), [basename(templatePaths[0])], message);

/** A report of another stage has its templates, although the assembly of an app has them, too. */
function violationsOf(folder: string, names: readonly string[]): ReportedViolation[] {
  const assembly = Assembly.fromDirectory(folder);
  const asked = new Set(assembly.templates.filter((template) => names.includes(rootOf(template).file)).map(({ file }) => file));
  return violationsOfRules(Assignments.read(assembly))
    .filter(({ place }) => asked.has(place.template))
    .map((violation) => ({ ...violation, templatePath: join(folder, violation.place.template) }));
}

interface Nested { readonly file: string; readonly parent?: { readonly template: Nested } }

/** The template of the stack in which a template is nested. */
export const rootOf = (template: Nested): Nested => (template.parent ? rootOf(template.parent.template) : template);

/** The CDK leaves out violations without a resource, and an error would end the synthesis. */
function ofError(rule: AlertRule, folder: string, names: readonly string[], message: string): ReportedViolation {
  const places = names.flatMap((name) => firstResource(folder, name));
  const place = places[0] ?? { template: names[0], logicalId: '' };
  return {
    rule,
    message,
    place,
    creationStack: [],
    templatePath: join(folder, place.template),
  };
}

function firstResource(folder: string, template: string): AccessPlace[] {
  const { Resources = {} } = JSON.parse(readFileSync(join(folder, template), 'utf8'));
  return Object.entries<any>(Resources).slice(0, 1).map(([logicalId, { Metadata }]) => ({ template, logicalId, constructPath: Metadata?.['aws:cdk:path'] }));
}
