import { Stack } from 'aws-cdk-lib';
import { CfnAccessEntry } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { refusalWithoutValue } from '../../private/errors';
import { isOpen } from '../../private/open-tokens';
import { RECORDS_NAMESPACE } from '../contract/records';
import { ObjectsAccess } from '../objects-access';
import { arnOfPolicy, POLICIES } from '../private/access-policies';

export interface ObjectsAccessEntryProps {
  /** The name of the cluster. For a cluster of this app, a reference to its resource, so that the access entry is created after it. */
  readonly clusterName: string;
  /** The role of the function. */
  readonly role: iam.IRole;
  /** An access other than `ObjectsAccess.none()`. */
  readonly access: ObjectsAccess;
}

/**
 * The access entry of the function that applies objects. An `AccessEntry` of aws-eks-v2 cannot have Kubernetes groups.
 *
 * Never change its logical id, and set no other property: a role can have only one access entry, so CloudFormation cannot replace it, and can
 * only change the access policies and groups in place.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-eks-accessentry.html
 */
export class ObjectsAccessEntry extends Construct {
  constructor(scope: Construct, id: string, { clusterName, role, access }: ObjectsAccessEntryProps) {
    super(scope, id);
    new CfnAccessEntry(this, 'Resource', {
      clusterName,
      principalArn: role.roleArn,
      // both lists even if they are empty, so that nothing of another access remains
      accessPolicies: accessPoliciesOf(access),
      kubernetesGroups: access._definition.groups ?? [],
    });
    this.node.addValidation({ validate: () => (access._definition.namespaceNames ?? []).flatMap((name, i) => namespaceErrors(this, name, i)) });
  }
}

/** Each policy can be associated only once, but each has its own scope. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
function accessPoliciesOf({ _definition: { isClusterAdmin, namespaceNames, allowsRbac } }: ObjectsAccess): CfnAccessEntry.AccessPolicyProperty[] {
  if (isClusterAdmin) {
    return [{ policyArn: arnOfPolicy(POLICIES.clusterAdmin), accessScope: { type: 'cluster' } }];
  }
  if (!namespaceNames) {
    return [];
  }
  return allowsRbac
    ? [inNamespaces(POLICIES.admin, namespaceNames), inNamespaces(POLICIES.edit, [RECORDS_NAMESPACE])]
    : [inNamespaces(POLICIES.edit, [...namespaceNames, RECORDS_NAMESPACE])];
}

/** A scope can have wildcards. @see https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html */
function namespaceErrors(scope: Construct, name: string, i: number): string[] {
  const hasWildcard = JSON.stringify(Stack.of(scope).resolve(name)).includes('*');
  return hasWildcard || isOpen(scope, name) ? [refusalWithoutValue(`namespaces[${i}] of objectsAccess`, 'a literal without wildcards, or a value whose characters AWS limits',
    'Amazon EKS expands wildcards, so any other value could match every namespace: give a parameter allowedValues or an allowedPattern such as [a-z0-9-]+').message] : [];
}

const inNamespaces = (policy: string, namespaces: string[]) => ({ policyArn: arnOfPolicy(policy), accessScope: { type: 'namespace', namespaces } });
