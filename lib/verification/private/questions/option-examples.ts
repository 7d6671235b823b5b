import { OPTION_TYPES } from './option-types.generated';

/** How to write a call with a struct, for errors. */
export const CALLS: { readonly [struct in keyof typeof OPTION_TYPES]: string } = {
  AccessAssumptions: 'access.assume({ noOtherNodes: true })',
  AccessOptions: 'pod.assertAllowed(\'s3:GetObject\', { resource: bucket.arnForObjects(\'*\') })',
  AcknowledgedViolation: 'acknowledged: [{ ruleId: \'reachable-node-role\', constructPath: \'Stack/Nodes\', reason: \'…\' }]',
  AssertOnlyOptions: 'access.assertOnly(\'s3:GetObject\', { resource: bucket.arnForObjects(\'*\'), principals: [access.pod({ … })] })',
  NodegroupSelection: 'access.nodegroup({ nodegroupName: \'nodes\' })',
  PodAccessPluginProps: 'new PodAccessPlugin({ failOn: FailOn.WARNING })',
  PodSelection: 'access.pod({ namespace: \'reports\', serviceAccountName: \'reader\' })',
  SubjectSelection: 'trustPolicy.assertAdmitsOnly({ namespace: \'reports\', serviceAccountName: \'reader\' })',
  TokenOptions: 'trustPolicy.decideToken({ namespace: \'reports\', serviceAccountName: \'reader\' })',
  WorkloadSelection: 'access.workload({ kind: \'Job\', namespace: \'reports\', name: \'nightly\' })',
};

/** Those that methods take after an action. */
export const SECOND: ReadonlyArray<keyof typeof OPTION_TYPES> = ['AccessOptions', 'AssertOnlyOptions'];

/** How to write the value of a property; `[]` stands for an element of a list, and `['…']` for a value of an object. */
export const VALUES: { readonly [property: string]: string } = {
  'acknowledged': '[{ ruleId: \'reachable-node-role\', constructPath: \'Stack/Nodes\', reason: \'…\' }]',
  'changesNothing': '[\'Stack/Seed\']',
  'cluster': '\'blue\' or \'Stack/Cluster\'',
  'context[\'…\']': '[\'10.0.0.1\']',
  'namedExceptions': '[\'123456789012\', user.userArn]',
  'resourcesWithoutPolicy': '[\'arn:aws:s3:::shared\']',
  'resource': 'bucket.arnForObjects(\'*\')',
  'principals': '[access.pod({ … })], or [] for nobody',
  'principals[]': 'access.pod({ … })',
  'exceptions': '[access.pod({ … })]',
  'exceptions[]': 'access.pod({ … }): put IDs of accounts, ARNs and * into namedExceptions',
};
