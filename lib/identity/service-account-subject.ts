import { Token } from 'aws-cdk-lib';
import { refusal } from '../private/errors';
import { checkLabel, checkSubdomain } from '../private/kubernetes-names';

/**
 * Who a pod is to IAM: `system:serviceaccount:<namespace>:<name>`, the `sub` of the token that Kubernetes gives it.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export class ServiceAccountSubject {
  /**
   * Exactly one service account.
   *
   * @param namespace its namespace; may be a token.
   * @param serviceAccountName its name; may be a token.
   * @throws if either is not a valid name in Kubernetes, such as a pattern.
   */
  public static exact(namespace: string, serviceAccountName: string): ServiceAccountSubject {
    refusePattern('namespace', namespace);
    refusePattern('serviceAccountName', serviceAccountName);
    checkLabel('namespace', namespace);
    checkSubdomain('serviceAccountName', serviceAccountName);
    return new ServiceAccountSubject(namespace, serviceAccountName, false);
  }

  /**
   * Every service account that fits, as IAM's `StringLike` compares: `*` stands for any characters and `?` for one.
   *
   * @param namespacePattern such as `team-*`; not one that fits every namespace.
   * @param serviceAccountNamePattern such as `reader-*`, or `*` for every account of the namespaces.
   * @throws if the namespace's pattern fits every namespace, if either has a character that no name has, or if either is a token.
   */
  public static pattern(namespacePattern: string, serviceAccountNamePattern: string): ServiceAccountSubject {
    if (/^[*?]+$/.test(namespacePattern)) {
      throw refusal('namespacePattern', namespacePattern, 'a pattern that does not fit every namespace',
        'name the namespace, or ask for all of them with ServiceAccountSubject.unsafeInEveryNamespace');
    }
    return ServiceAccountSubject.like(namespacePattern, serviceAccountNamePattern);
  }

  /**
   * Service accounts of every namespace. Anyone who can create a namespace, or a service account in one, can then assume the role.
   *
   * @param serviceAccountNamePattern such as `reader`; `*` and `?` are wildcards.
   * @throws if the pattern has a character that no name has, or is a token.
   */
  public static unsafeInEveryNamespace(serviceAccountNamePattern: string): ServiceAccountSubject {
    return ServiceAccountSubject.like('*', serviceAccountNamePattern);
  }

  private static like(namespacePattern: string, serviceAccountNamePattern: string): ServiceAccountSubject {
    const checks: [string, string, RegExp, string][] = [
      ['namespacePattern', namespacePattern, /^[-a-z0-9*?]+$/, 'lower-case letters, digits, hyphens, * and ?'],
      ['serviceAccountNamePattern', serviceAccountNamePattern, /^[-.a-z0-9*?]+$/, 'lower-case letters, digits, hyphens, dots, * and ?'],
    ];
    for (const [property, pattern, allowed, words] of checks) {
      if (Token.isUnresolved(pattern)) {
        throw refusal(property, '<token>', 'known when the app is synthesized',
          'whoever sets the token could set *; name one account with ServiceAccountSubject.exact, which takes tokens');
      }
      if (!allowed.test(pattern)) {
        throw refusal(property, pattern, `one or more ${words}`);
      }
    }
    return new ServiceAccountSubject(namespacePattern, serviceAccountNamePattern, true);
  }

  private constructor(
    /** The namespace, or a pattern of namespaces. */
    public readonly namespace: string,
    /** The service account's name, or a pattern of names. */
    public readonly serviceAccountName: string,
    /** Whether `*` and `?` are wildcards in it: IAM then compares with `StringLike`. */
    public readonly isPattern: boolean,
  ) {}

  /** The text that a trust compares with the token's `sub`. */
  public get value(): string {
    return `system:serviceaccount:${this.namespace}:${this.serviceAccountName}`;
  }

  /** The subject, for use in a text. */
  public toString(): string {
    return this.value;
  }
}

function refusePattern(property: string, value: string): void {
  if (!Token.isUnresolved(value) && /[*?]/.test(value)) {
    throw refusal(property, value, 'one exact name, without * and ?',
      'for a pattern, use a ServiceAccountRole with ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)');
  }
}
