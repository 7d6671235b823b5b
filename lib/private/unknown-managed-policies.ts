import { Annotations, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { nearestName } from './nearest-name';

/** What a role is given of managed policies, by property. */
export interface GivenPolicies {
  readonly managedPolicies?: iam.IManagedPolicy[];
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/** A name in the partition `aws`, or in the partition of the stack. */
const OF_AWS = /^"arn:aws:iam::aws:policy\/([^"]+)"$|\{"Ref":"AWS::Partition"\},":iam::aws:policy\/([^"]+)"\]\]\}$/;

/** Adds a warning for each managed policy of AWS that is not known: a misspelled name fails the deployment, after the cluster was created. */
export function warnOfUnknownPolicies(scope: IConstruct, { managedPolicies = [], permissionsBoundary }: GivenPolicies): void {
  const given = [...managedPolicies.map((policy, i) => ({ property: `managedPolicies[${i}]`, policy })),
    ...(permissionsBoundary ? [{ property: 'permissionsBoundary', policy: permissionsBoundary }] : [])];
  if (given.length === 0 || isOfOtherPartition(Stack.of(scope))) {
    return;
  }
  scope.node.addValidation({ // at synthesis, when tokens have their values
    validate: () => {
      given.forEach(({ property, policy }) => warnOfUnknown(scope, property, policy));
      return [];
    },
  });
}

/** Only the policies of the partition `aws` are known. Without a region, the partition is known at deployment, and is this one for most. */
const isOfOtherPartition = ({ region }: Stack) => !Token.isUnresolved(region) && RegionInfo.get(region).partition !== 'aws';

function warnOfUnknown(scope: IConstruct, property: string, { managedPolicyArn }: iam.IManagedPolicy): void {
  const name = OF_AWS.exec(JSON.stringify(Stack.of(scope).resolve(managedPolicyArn)))?.slice(1).find(Boolean);
  const { MANAGED_POLICIES_AS_OF: date, MANAGED_POLICY_NAMES: names } = managedPolicyNames();
  if (name && !names.includes(name)) {
    const nearest = nearestPolicy(name, names);
    Annotations.of(scope).addWarningV2('cdk-irsa:managed-policy-name', `${property} is ${name}, which was not among the managed policies of AWS on ${date}`
      + `${nearest ? `: did you mean ${nearest}?` : '.'} The deployment fails if it does not exist. If AWS has added it since, acknowledge this warning`);
  }
}

/** The list is loaded only for an app that gives a role a managed policy. */
function managedPolicyNames(): typeof import('../aws-data/managed-policy-names.generated') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require('../aws-data/managed-policy-names.generated');
}

/** The policy with another path, or a similar name. */
function nearestPolicy(name: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(name, names);
  return names.find((one) => baseOf(one) === baseOf(name)) ?? (nearest && nearest.errors <= name.length / 5 ? nearest.name : undefined);
}

const baseOf = (name: string) => name.slice(name.lastIndexOf('/') + 1);
