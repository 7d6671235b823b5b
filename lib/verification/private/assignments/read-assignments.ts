import { Reading } from './assigned-model';
import { variantsOf } from './same-arns';
import { AccessAssumptions } from '../../access-assumptions';
import { Assembly } from '../assembly/assembly';
import { mayNameCode } from '../assembly/may-name-code';
import { managedPolicy } from '../aws-data/managed-policies';
import { readModel } from '../model/read-model';
import { isUnknownType } from '../model/resources/unknown-types';
import { assignmentsOf, MOST, RelevantProperties, WHOLE } from '../resolution/assignments-of';
import { Resolver } from '../resolution/resolver';
import { SharedValues } from '../resolution/shared-values';
import { resourceType } from '../resource-types/declarations';

/** Reads the templates under each assignment of their conditions. This takes most of the time of a proof. */
export function readAssignments(assembly: Assembly, assumptions: AccessAssumptions): Reading[] {
  const parameters = { parameters: { ...assumptions.parameters, ...assumptions.attributes } };
  const values = new SharedValues();
  const assignments = assignmentsOf(assembly, relevantIn(assembly), parameters, values);
  return assignments.flatMap((assignment) =>
    readUnder(new Resolver(assembly, assignment, parameters, values), assumptions, Math.floor(MOST / assignments.length)));
}

/**
 * What the templates say under the assignment of a resolver.
 *
 * @param most how many readings are not too many, because of resources with one ARN.
 */
export function readUnder(resolver: Resolver, { clusterIssuers }: Pick<AccessAssumptions, 'clusterIssuers'>, most = MOST): Reading[] {
  const { assembly, assignment: conditions } = resolver;
  const all = variantsOf(readModel(assembly, resolver, managedPolicy, clusterIssuers), conditions, most);
  return all.map(({ assignment, model }) => ({ assignment, resolver, model }));
}

function relevantIn({ templates }: Assembly): RelevantProperties {
  const resources = templates.flatMap(({ body }) => Object.values(body.Resources));
  const types = new Set(resources.map(({ Type }) => Type));
  const withCode = new Set(resources.filter(({ Properties }) => mayNameCode(Properties)).map(({ Type }) => Type));
  return new Map([...types].map((type) => [type, withCode.has(type) && !resourceType(type)?.grantsNothing ? WHOLE : relevantOf(type)]));
}

/** Of a resource with a policy that is not read, only that matters, unless something else is declared about its type. */
function relevantOf(type: string): ReadonlyArray<readonly string[]> {
  const { unread, ...others } = resourceType(type) ?? {};
  const declared = Object.keys(others).filter((fact) => fact !== 'grantsNothing');
  if (declared.length > 0 || isUnknownType(type)) {
    return WHOLE;
  }
  return unread ? unread.properties ?? WHOLE : [];
}
