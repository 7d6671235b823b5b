// Written by `npx projen property-types` from the assembly of this library. A test fails if it is stale.

/** The types of the properties of structs that methods take. One that ends with `?` is optional. */
export const OPTION_TYPES = {
  AccessAssumptions: {
    attributes: 'string{}?',
    changesNothing: 'string[]?',
    clusterIssuers: 'string{}?',
    context: 'string[]{}?',
    noOtherCredentials: 'boolean?',
    noOtherNodes: 'boolean?',
    oidcProvidersExist: 'boolean?',
    parameters: 'string{}?',
    resourcesWithoutPolicy: 'string[]?',
    unreadPartsChangeNothing: 'boolean?',
  },
  AccessOptions: {
    context: 'string[]{}?',
    resource: 'string?',
    undocumentedAction: 'boolean?',
  },
  AcknowledgedViolation: {
    constructPath: 'string',
    reason: 'string',
    ruleId: 'string',
  },
  AssertOnlyOptions: {
    context: 'string[]{}?',
    exceptions: 'object[]?',
    namedExceptions: 'string[]?',
    principals: 'object[]',
    resource: 'string?',
    undocumentedAction: 'boolean?',
  },
  NodegroupSelection: {
    cluster: 'string?',
    nodegroupName: 'string',
  },
  PodAccessPluginProps: {
    acknowledged: 'object[]?',
    failOn: 'string?',
    htmlDirectory: 'string?',
    sarifDirectory: 'string?',
  },
  PodSelection: {
    annotatedRoleArn: 'string?',
    cluster: 'string?',
    definedElsewhere: 'boolean?',
    namespace: 'string?',
    serviceAccountName: 'string',
  },
  SubjectSelection: {
    cluster: 'string?',
    namespace: 'string?',
    serviceAccountName: 'string',
  },
  TokenOptions: {
    audience: 'string?',
    cluster: 'string?',
    namespace: 'string?',
    serviceAccountName: 'string',
  },
  WorkloadSelection: {
    cluster: 'string?',
    kind: 'string',
    name: 'string',
    namespace: 'string?',
  },
} as const satisfies { readonly [struct: string]: { readonly [property: string]: string } };
