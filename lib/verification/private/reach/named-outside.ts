import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestable } from './may-request';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { arnFormats } from '../aws-data/actions';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { candidateResources } from '../policies/candidate-resources';
import { typesWith } from '../resource-types/declarations';
import { ON_INSTANCES } from '../resource-types/instance-requests';
import { OF_STACK_SETS, OF_STACKS } from '../resource-types/service-takeovers';
import { Interned } from '../values/interned';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { isGenerated } from '../values/text-parts';
import { Unknown } from '../values/unknown';

/** A request with which others run their own code in what has a role, and the type of resources that have it. */
interface TakeoverRequest {
  readonly action: string;
  readonly type: string;
  /** What the ARN contains, if the request is also about resources of other types. */
  readonly within?: string;
}

/**
 * Requests with which others run their own code without passing a role. The ARN of a stack ends with an ID that nobody knows before.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html
 */
const TAKEOVERS: readonly TakeoverRequest[] = [
  ...typesWith('program').flatMap(([type, { takenOverBy }]) => takenOverBy.map((action) => ({ action, type }))),
  ...ON_INSTANCES.map((action) => ({ action, type: 'AWS::EC2::Instance', within: ':instance/' })),
  ...[...OF_STACKS, ...OF_STACK_SETS].map((action) => ({ action, type: 'AWS::CloudFormation::Stack', within: ':stack/' })),
];

/** Roles outside the templates that policies name as the resource of a request, literally or by an import. Which ones a wildcard matches is not asked. */
export const rolesNamedFor = (credentials: Credentials, action: string, roles: RoleIndex): Role[] =>
  namedFor(credentials, { action, type: 'AWS::IAM::Role' }).map((arn) => roles.withArn(arn)).filter((role) => !isInTemplates(role));

/** Why credentials might lead to the roles of functions, builds, instances and stacks outside the templates that policies name. */
export const takenOverOutside = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role)).flatMap((credentials) => takeoversNamedBy(credentials).flatMap(({ action, resources }) => {
    const { role } = credentials;
    const known = roles.programs.takenOverBy(action).flatMap(({ arns }) => arns);
    return resources
      .filter((named) => !known.some((arn) => equal(arn, named) === 'yes') && mayRequest(credentials, roles, action, named) !== 'no')
      .map((named): OtherCredentials => ({
        what: `${holderName(role)} may request ${action}, and so might decide what ${named} does with its role, which is not in the templates`,
        place: role.place,
        excludedBy: 'noOtherCredentials',
      }));
  }));

/** Why credentials might lead to any role outside the templates that trusts them, after a principal has written another policy for them. One reason is enough. */
export const assumableOnceRaised = (found: readonly Credentials[]): OtherCredentials[] =>
  found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role)).flatMap((credentials): OtherCredentials[] => {
    const { role, raise } = credentials;
    const isWritten = raise?.policies.some((policies) => policies.some(({ unknown }) => unknown !== undefined));
    return raise && isWritten && requestable(credentials, 'sts:AssumeRole').length > 0
      ? [{ what: `${holderName(role)} might assume roles outside the templates that trust it: ${raise.why.what}`, place: raise.why.place, excludedBy: 'noOtherCredentials' }]
      : [];
  }).slice(0, 1);

/** A request, and what policies name for it. */
interface NamedTakeover extends TakeoverRequest { readonly resources: readonly Text[] }

/** Found once for the policies of a role, because most name nothing for any of the requests. */
const takeoversNamedBy = (credentials: Credentials): readonly NamedTakeover[] => takeovers.of([credentials.role.policies], () =>
  TAKEOVERS.map((request) => ({ ...request, resources: namedFor(credentials, request) })).filter(({ resources }) => resources.length > 0));

const takeovers = new Interned<readonly NamedTakeover[]>();

function namedFor({ role: { policies } }: Credentials, { action, type, within = '' }: TakeoverRequest): Text[] {
  const patterns = (arnFormats(action) ?? []).filter((format) => format.includes(within)).map(patternOf);
  return candidateResources(policies, action).map(({ resource }) => resource).filter((resource) =>
    isNamed(resource) && !isOf(resource, type) && patterns.some((pattern) => pattern.matches(resource) !== 'no'));
}

const PATTERNS = new Map<string, Pattern>();

function patternOf(format: string): Pattern {
  const pattern = PATTERNS.get(format) ?? Pattern.glob(Text.of(format.replace(/\$\{[^}]+\}/g, '*')));
  PATTERNS.set(format, pattern);
  return pattern;
}

/** Whether the name in an ARN has no wildcard. A wildcard for the ID at the end of the ARN of a stack is none in its name. */
function isNamed({ parts, unknowns }: Text): boolean {
  const wildcards = unknowns.filter(({ isOfPattern }) => isOfPattern);
  const [before, last] = parts.slice(-2);
  const endsWithId = typeof before === 'string' && /:stack\/[^/]+\/$/.test(before) && last === wildcards[0];
  return wildcards.length === 0 || (wildcards.length === 1 && endsWithId);
}

/** Whether an ARN is that of a resource in the templates: it has a generated name, or a part that a resource of the type returns. */
const isOf = (arn: Text, type: string): boolean =>
  arn.parts.some((part, i) => isGeneratedName(part) && isWhole(arn.parts, i)) || arn.unknowns.some(({ resourceType }) => resourceType === type);

const isGeneratedName = (part: string | Unknown): boolean => typeof part !== 'string' && isGenerated(Text.unknown(part));

/** Whether a part is a whole name. In `${Bucket}-reader`, it is only the start of one. */
function isWhole(parts: Text['parts'], i: number): boolean {
  const [before, after = ''] = [parts[i - 1], parts[i + 1]];
  return typeof before === 'string' && /[/:]$/.test(before) && typeof after === 'string' && /^([/:]|$)/.test(after);
}
