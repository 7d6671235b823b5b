/** Facts that you state because the templates do not show them. Every explanation lists them. */
export interface AccessAssumptions {
  /**
   * The ARNs of resources that have no policy of their own, such as buckets that other stacks create, and that are in the account of the role. They stand
   * for what the resources contain, too, such as the objects of a bucket. `*` and `?` match any characters.
   * @default - the policy of a resource outside the templates is unknown
   */
  readonly resourcesWithoutPolicy?: string[];
  /**
   * Whether the clusters have only the nodes in the templates. A pod might get the credentials of any other node.
   * @default false
   */
  readonly noOtherNodes?: boolean;
  /**
   * Whether pods have no credentials for AWS but those of their service account and of their node. Otherwise, pods might get others from environment
   * variables, from Secrets and ConfigMaps that the templates do not show, from files of their node, from roles outside the templates that wildcards of their
   * policies let them assume, or from services that act for them in ways that are not known.
   * @default false
   */
  readonly noOtherCredentials?: boolean;
  /**
   * Whether IAM OIDC providers exist that trust policies name and no template creates. The provider of a cluster that the templates create does not exist
   * before the first deployment, unless they create the provider, too.
   * @default false - the provider of a cluster that the templates only name is assumed to exist; with any other such provider, the answer is UNKNOWN
   */
  readonly oidcProvidersExist?: boolean;
  /**
   * Whether the parts of the templates that `PodAccess` cannot read change no access: macros, loops, nested stacks whose template is missing, and resources
   * that cannot be read. What is added to the templates later changes nothing either, so prefer `changesNothing`. Permissions of types that are not read stay
   * unknown.
   * @default false - what such parts can change is UNKNOWN
   */
  readonly unreadPartsChangeNothing?: boolean;
  /**
   * The places of parts that are not read, and that change no access, such as `Stack/Seed`: the paths of constructs, or where templates do not have these,
   * `<template>/<logical ID>`, and for a macro of a whole template, the template. `PodAccess.findings` names the place of each such part, and what it can change.
   * Also requests of services, such as `iot:Publish` or `iot:*`, whose effect is not known, and that lead to no other access.
   * And API groups of Kubernetes whose controllers give nobody other access, such as `example.com`. Answers name them.
   * @default - what such a part can change, or such a request can lead to, is UNKNOWN
   */
  readonly changesNothing?: string[];
  /**
   * Values of template parameters, and of `AWS::AccountId` and `AWS::Region` in stacks without an environment. As with `cdk deploy --parameters`, a name is
   * about all templates that have the parameter. For one of them, use `<template>/<name>`, such as `Dev.template.json/Stage`; `AWS::…`
   * is about all of them.
   * @default - only parameters with exactly one allowed value are known
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Values of resource attributes that are known only at deployment, by logical ID and attribute. For example, if trust policies contain the issuer as
   * a literal: `{ 'Cluster.OpenIdConnectIssuerUrl': 'https://oidc.eks…' }`. If several templates have the logical ID, such as those of two stages, use
   * `<template>/<logical ID>.<attribute>`, and for a nested stack, the ID that the error lists.
   * @default - an attribute is known as far as the properties of its resource determine it
   */
  readonly attributes?: { readonly [name: string]: string };
  /**
   * The issuers of clusters that the templates do not create, by the name of the cluster, such as `{ prod: 'https://oidc.eks…' }`, or if clusters in several
   * accounts or Regions have that name, by its ARN. Several such clusters cannot be told apart without them, because the templates contain names and issuers, but
   * usually not which belongs to which. An issuer must be trusted by a role of the templates, must not be that of two clusters, and must fit the roles of service
   * accounts. For a cluster that the templates create, use `attributes`.
   * @default - if the templates have one such cluster and one issuer, these belong together; otherwise the issuer is unknown
   */
  readonly clusterIssuers?: { readonly [cluster: string]: string };
  /**
   * Values of condition keys that every request has, such as `{ 'aws:SourceIp': ['10.0.0.1'] }`.
   * @default - keys such as `aws:SourceIp` are unknown
   */
  readonly context?: { readonly [key: string]: string[] };
}
