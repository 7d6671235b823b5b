import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Model, Role } from '../../model/model';
import { available } from '../../questions/nearest';
import { NotFound } from '../../questions/not-found';

/** The role resource of a construct. */
export function roleIn(construct: IConstruct): CfnRole {
  const roles = construct.node.findAll().filter((child): child is CfnRole => CfnRole.isCfnElement(child) && child instanceof CfnRole);
  if (roles.length === 1) {
    return roles[0];
  }
  throw new Error(roles.length === 0
    ? `${construct.node.path} has no role: pass the construct that creates the role`
    : `${construct.node.path} has several roles: pass one of ${roles.map(({ node }) => node.scope?.node.path ?? node.path).join(', ')}`);
}

/** The role with a logical ID, or with a name. */
export function findRole({ roles }: Model, name: string, template?: string): Role {
  const candidates = roles.filter(({ place }) => template === undefined || place.template === template);
  const found = candidates.filter(({ place }) => place.logicalId === name);
  const named = found.length > 0 ? found : candidates.filter(({ arn }) => arn.toString().endsWith(`/${name}`));
  if (named.length === 1) {
    return named[0];
  }
  throw named.length === 0
    ? new NotFound(`role ${name} is not in the templates: ${available(name, roles.map(({ place }) => place.logicalId))}`)
    : new Error(`several roles have the logical ID ${name}, in ${named.map(({ place }) => place.template).join(', ')}: use PodAccess.trustOf with the construct`);
}
