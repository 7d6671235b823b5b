import { AccessFinding, AccessPlace } from './access-reason';

/** A role whose credentials a principal can get. */
export interface ReachableRole {
  /** The logical ID of the role, or the name of one that is not in the templates. */
  readonly role: string;
  /** The ARN of the role, with `${label}` for parts that are known only at deployment. */
  readonly roleArn: string;
  /**
   * How, for people. Programs should not compare it, because there can be others: `IRSA`, `the trust of the role alone`, `its trust policy`, `its own session`,
   * `EKS Pod Identity`, `instance metadata`, `node role`, `sts:AssumeRole from Reader`.
   */
  readonly by: string;
  /** Whether AWS SDKs use these credentials by default. */
  readonly isDefault: boolean;
  /** Whether the templates prove that the principal can get them. If not, `AccessDecision.missing` lists what it depends on. */
  readonly isCertain: boolean;
  /**
   * What the role can do at a glance: names of managed policies, actions by service, such as `s3: GetObject, List*`, and what is denied. What it has only under a
   * condition of the templates ends with it, such as `, if IsProd (${Stage} is "prod")`. Resources and conditions of statements are left out.
   */
  readonly atAGlance: string[];
  /**
   * Where the role is in the templates.
   * @default - it is not in the templates
   */
  readonly place?: AccessPlace;
}

/** A row of the access table. */
export interface AccessTableRow {
  /**
   * `ServiceAccount`, `Nodegroup`, or the kind of a workload, such as `Job`. `Role` for whoever the role trusts, if it is not known who that is: its trust policy has a
   * pattern or no subject, no cluster of the templates is known to have the service account, or EKS Pod Identity can give it to pods. `RoleSession` for whoever has a
   * session of a role that you ask about.
   */
  readonly kind: string;
  /**
   * The name of the cluster, or `${label}` if it is known only at deployment. If several clusters have the name, what names this one in questions, such as the
   * path of its construct. Empty for whoever a role trusts, and for sessions of a role.
   */
  readonly cluster: string;
  /**
   * The namespace of the service account or the workload.
   * @default - a nodegroup has none
   */
  readonly namespace?: string;
  /** The name of the service account, the workload, or the nodegroup. */
  readonly name: string;
  /**
   * The name of the service account that its pods use.
   * @default - a nodegroup has none
   */
  readonly serviceAccountName?: string;
  /**
   * Whether no template defines it: a service account that a trust policy admits and that something other than the templates creates, such as a Helm chart, or the
   * account `default`, which Kubernetes creates in each namespace.
   */
  readonly isDefinedElsewhere: boolean;
  /** The roles that it can get credentials of, the default one first. */
  readonly roles: ReachableRole[];
  /** What it can do at a glance with all of these roles. */
  readonly atAGlance: string[];
  /** What is special about its access. */
  readonly findings: AccessFinding[];
}
