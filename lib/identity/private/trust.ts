import { Lazy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PodIdentityTrust } from './pod-identity-trust';
import { TrustedIssuer } from './trusted-issuer';
import { refusalWithoutValue } from '../../private/errors';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodCredentials } from '../pod-credentials';
import { ServiceAccountSubject } from '../service-account-subject';

/** Service accounts whose pods can assume a role, and how. */
export interface TrustedAccounts {
  readonly cluster: IIrsaCluster;
  readonly subjects: ServiceAccountSubject[];
  readonly credentials: PodCredentials;
}

/**
 * The service accounts of each issuer that a role trusts. Exact subjects are compared with `StringEquals`; patterns are in a separate
 * statement and are compared with `StringLike`. Every statement has a condition for `sub`, because without it, every pod in the cluster
 * could assume the role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export class Trust {
  /** Keyed by issuer, audience and operator. */
  private readonly subjects = new Map<string, Set<string>>();
  /** Keyed by issuer: an AWS account has one provider for each, and a role can trust only those of its own account. */
  private readonly trusted = new Map<string, TrustedIssuer>();
  private readonly podIdentity = new PodIdentityTrust();

  /** The issuers, in the order in which they were added. */
  public get issuers(): TrustedIssuer[] {
    return [...this.trusted.values()];
  }

  /** The audience of the tokens of the first cluster; undefined if the role trusts none yet. */
  public get audience(): string | undefined {
    return this.issuers[0]?.audience;
  }

  /** The ARNs of the clusters whose pods use EKS Pod Identity, in the order in which they were added. */
  public get clusterArns(): string[] {
    return this.podIdentity.clusterArns;
  }

  /** All subjects, in the order in which they were added. */
  public get values(): string[] {
    return [...new Set([...[...this.subjects.values()].flatMap((values) => [...values]), ...this.podIdentity.values])];
  }

  /**
   * Trusts additional service accounts, in the ways in which their pods get credentials.
   *
   * @param issuerOf the issuer of a cluster, for a role. It is an error if the role cannot trust the issuer.
   * @returns the principals of new statements.
   */
  public addAccounts({ cluster, subjects, credentials }: TrustedAccounts, issuerOf: (cluster: IIrsaCluster) => TrustedIssuer): iam.PrincipalBase[] {
    const { usesIrsa, podIdentityOptions } = credentials._definition;
    return [
      ...(usesIrsa ? this.add(issuerOf(cluster), subjects) : []),
      ...(podIdentityOptions ? this.podIdentity.add(cluster, subjects, podIdentityOptions) : []),
    ];
  }

  /**
   * Trusts additional subjects. Subjects that are already trusted are ignored.
   *
   * @returns the principals of new statements. Existing statements include the subjects at synthesis.
   */
  public add(trusted: TrustedIssuer, subjects: ServiceAccountSubject[]): iam.PrincipalBase[] {
    subjects.forEach(checkSubject);
    const { issuer, audience } = trusted;
    const first = this.trusted.get(issuer.value) ?? trusted;
    this.trusted.set(issuer.value, first);
    const operators = [
      { operator: 'StringEquals', added: subjects.filter(({ isPattern }) => !isPattern) },
      { operator: 'StringLike', added: subjects.filter(({ isPattern }) => isPattern) },
    ];
    return operators.flatMap(({ operator, added }) => {
      const key = `${issuer} ${audience} ${operator}`;
      const values = this.subjects.get(key);
      if (added.length === 0 || values) {
        added.forEach(({ value }) => values!.add(value));
        return [];
      }
      const created = new Set(added.map(({ value }) => value));
      this.subjects.set(key, created);
      return [principalOf({ ...first, audience }, operator, created)];
    });
  }
}

/** JavaScript callers could pass a string. It has no `value`, so the policy would have no subject. */
function checkSubject({ value }: ServiceAccountSubject, i: number): void {
  if (typeof value !== 'string' || value === '') {
    throw refusalWithoutValue(`subjects[${i}]`, 'a ServiceAccountSubject', 'for example ServiceAccountSubject.exact(\'namespace\', \'name\')');
  }
}

function principalOf({ issuer, openIdConnectProviderArn, audience }: TrustedIssuer, operator: string, subjects: Set<string>): iam.PrincipalBase {
  const subject = { [issuer.subjectKey]: Lazy.uncachedAny({ produce: () => oneOrMore([...subjects]) }) };
  const intended = { [issuer.audienceKey]: audience };
  const conditions = operator === 'StringEquals' ? { StringEquals: { ...intended, ...subject } } : { StringEquals: intended, StringLike: subject };
  return new iam.WebIdentityPrincipal(openIdConnectProviderArn, conditions);
}

const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
