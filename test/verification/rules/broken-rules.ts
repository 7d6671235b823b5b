import { join } from 'node:path';
import { PodAccessPlugin } from '../../../lib/verification';
import { assemblyOf } from '../../cli/assemblies';
import { clusterTemplate, role } from '../templates';

export type Resources = { [logicalId: string]: any };

/** The rules that resources break beside a cluster, its provider and its nodes, with the logical IDs of those that break them. */
export function broken(resources: Resources, sections = {}): Array<[string, string]> {
  const directory = assemblyOf(clusterTemplate(resources, sections));
  return violationsOf(directory).flatMap(({ ruleName, violatingResources: [{ resourceLogicalId }] }) => [[ruleName, resourceLogicalId]]);
}

export function violationsOf(directory: string) {
  jest.spyOn(console, 'error').mockImplementation(() => {}); // violations that do not fail
  return new PodAccessPlugin().validate({ templatePaths: [join(directory, 'stack.template.json')] }).violations;
}

export const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
export const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

/** A role that trusts an existing cluster, on conditions. */
export const trusting = (Condition: object | undefined, Federated: unknown = PROVIDER) =>
  role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, Condition });
export const audience = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' };
export const subject = (name: string) => ({ [`${ISSUER}:sub`]: `system:serviceaccount:${name}` });

export const OTHER = 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER';
export const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
export const sub = `${ISSUER}:sub`;

/** A role with several statements of its trust policy, each about tokens of an existing cluster. */
export const trustingIn = (...statements: object[]) =>
  role(statements.map((statement) => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: PROVIDER }, ...statement })));

/** A trust policy as a text that CloudFormation completes. */
export const asText = (Statement: object) => ({ 'Fn::Sub': JSON.stringify({ Statement }) });
export const withTrust = (trust: unknown) => ({ ...role({}), Properties: { AssumeRolePolicyDocument: trust } });
