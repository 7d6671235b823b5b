import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { checkDefined } from '../../assignments/app-values';
import { AssignedModel } from '../../assignments/assigned-model';
import { StackTemplates } from '../../assignments/stack-templates';
import { nameOfPlace } from '../../findings/gap';
import { Model, Role } from '../../model/model';
import { available } from '../../questions/nearest';
import { NotFound } from '../../questions/not-found';

/** Where the templates have the role of a construct. */
interface LocatedRole {
  readonly logicalId: string;
  readonly template: string;
}

/** The role of a construct in the templates that were read from its app. */
export function roleOf(construct: IConstruct, templates: StackTemplates): LocatedRole {
  const role = roleIn(construct);
  const template = templates.of(role.stack);
  if (!template) {
    throw new Error(`${construct.node.path} is not in the templates that were read: pass a role of their stacks`);
  }
  checkDefined(role, templates);
  return { logicalId: role.stack.resolve(role.logicalId), template: template.file };
}

/** The role resource of a construct. */
function roleIn(construct: IConstruct): CfnRole {
  const roles = construct.node.findAll().filter((child): child is CfnRole => CfnRole.isCfnElement(child) && child instanceof CfnRole);
  if (roles.length === 1) {
    return roles[0];
  }
  throw new Error(roles.length === 0
    ? `${construct.node.path} has no role: pass the construct that creates the role`
    : `${construct.node.path} has several roles: pass one of ${roles.map(({ node }) => node.scope?.node.path ?? node.path).join(', ')}`);
}

/** The role of sessions. Of one that another role with its ARN replaces, it is this one. */
export const findRoleOfSessions = ({ model: { roles, omittedRoles }, roles: index }: AssignedModel, name: string, template?: string): Role =>
  index.withArn(findRole({ roles: [...roles, ...omittedRoles] }, name, template).arn);

/** The role with a logical ID, an ARN or a name, or the only one in a construct with a path. */
export function findRole({ roles }: Pick<Model, 'roles'>, name: string, template?: string): Role {
  const candidates = roles.filter(({ place }) => template === undefined || place.template === template);
  const [found = []] = WAYS.map((isMeant) => candidates.filter((role) => isMeant(role, name))).filter(({ length }) => length > 0);
  if (new Set(found.map(({ arn }) => arn.key)).size === 1) {
    return found[0];
  }
  throw found.length === 0
    ? new NotFound(`role ${name} is not in the templates: ${available(name, roles.flatMap(name.includes('/') ? pathsOf : namesOf))}`)
    : new Error(`${name} names several roles: pass one of ${found.map(({ place }) => nameOfPlace(place)).join(', ')}`);
}

/** In this order: by its logical ID, by its ARN or name, and by the path of a construct that contains it. */
const WAYS: ReadonlyArray<(role: Role, name: string) => boolean> = [
  ({ place }, name) => place.logicalId === name || pathsOf({ place }).includes(name),
  ({ arn }, name) => arn.toString() === name || arn.toString().endsWith(`/${name}`),
  ({ place: { constructPath = '' } }, name) => constructPath.startsWith(`${name}/`),
];

const pathsOf = ({ place }: Pick<Role, 'place'>): string[] => [...new Set([nameOfPlace(place), `${place.template}/${place.logicalId}`])];

/** The name, too, if it is not generated. */
function namesOf({ place, arn: { literal, parts } }: Role): string[] {
  const last = parts[parts.length - 1];
  const name = typeof last === 'string' ? last.split('/').pop() : literal;
  return name ? [place.logicalId, name] : [place.logicalId];
}
