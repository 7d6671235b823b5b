import { publicAcl } from './bucket-acl';
import { stateOfKey } from './key-state';
import { replicasHere } from './replicas';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { resourceType } from '../../resource-types/declarations';
import { fromJson } from '../../values/from-json';
import { Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { readPolicy } from '../policy-document';
import { StackResource } from '../stack-resource';

/**
 * The policy in the properties of a resource. A KMS key without one delegates to IAM, and a file system without one is open to its clients.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html
 */
export function ownPolicies(resource: StackResource, findings: Findings): Policy[] {
  if (resource.type === 'AWS::DynamoDB::GlobalTable') {
    return replicaPolicies(resource, findings);
  }
  if (resource.type === 'AWS::S3::Bucket') {
    return publicAcl(resource);
  }
  return [...documentsOf(resource, findings), ...(resource.type === 'AWS::KMS::Key' ? stateOfKey(resource) : [])];
}

function documentsOf(resource: StackResource, findings: Findings): Policy[] {
  const path = resourceType(resource.type)?.ownPolicy;
  const document = path && resource.property(...path);
  if (path && document !== undefined) {
    return [readPolicy(`policy of ${resource.logicalId}`, document, resource.place(['Properties', ...path].join('.')), findings)];
  }
  const byDefault = DEFAULTS[resource.type];
  return byDefault ? [{ name: `default policy of ${resource.logicalId}`, place: resource.place(), document: byDefault(resource) }] : [];
}

const DEFAULTS: { readonly [type: string]: (resource: StackResource) => Resolved } = {
  'AWS::KMS::Key': defaultKeyPolicy,
  'AWS::EFS::FileSystem': () => DEFAULT_FILE_SYSTEM_POLICY,
};

/** @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html#default-filesystempolicy */
const DEFAULT_FILE_SYSTEM_POLICY = fromJson({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: '*', Action: ['ClientMount', 'ClientWrite', 'ClientRootAccess'].map((action) => `elasticfilesystem:${action}`), Resource: '*' },
});

/** A global table has a policy for each replica. */
const replicaPolicies = (table: StackResource, findings: Findings): Policy[] => replicasHere(table).flatMap(({ replica, isHere, path }) => {
  const [name, place] = [`policy of ${table.logicalId}`, table.place(`${path}.ResourcePolicy.PolicyDocument`)];
  const document = valueAt(replica, 'ResourcePolicy', 'PolicyDocument');
  if (document === undefined) {
    return [];
  }
  return isHere === 'yes'
    ? [readPolicy(name, document, place, findings)]
    : [{ name, place, unknown: 'whether its replica is in the region of the stack is known only at deployment', unread: document }];
});

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
function defaultKeyPolicy(key: StackResource): Resolved {
  const parts = ['arn', key.pseudoParameter('Partition'), 'iam', '', key.pseudoParameter('AccountId'), 'root'];
  const root = Text.join(parts.map((part) => (part instanceof Text ? part : Text.of(part))), ':');
  const principal = new ResolvedMap([[Text.of('AWS'), root]]);
  const rest = { Sid: 'Enable IAM policies', Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const statement = new ResolvedMap([...Object.entries(rest).map(([name, value]) => [Text.of(name), Text.of(value)] as const), [Text.of('Principal'), principal]]);
  return new ResolvedMap([[Text.of('Version'), Text.of('2012-10-17')], [Text.of('Statement'), statement]]);
}
