import { Token } from 'aws-cdk-lib';
import { inCall, refusal, refusalWithoutValue } from '../private/errors';
import { checkLabel, checkSubdomain } from '../private/kubernetes-names';

/**
 * The subject by which IAM identifies the pods of a service account: `system:serviceaccount:<namespace>:<name>`. It is the `sub` claim of the
 * token that Kubernetes issues to them.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/
 */
export class ServiceAccountSubject {
  /**
   * Exactly one service account.
   *
   * @param namespace the namespace of the service account. Can be a token.
   * @param serviceAccountName the name of the service account. Can be a token.
   * @throws if the namespace or the name is not valid in Kubernetes, such as a pattern.
   */
  public static exact(namespace: string, serviceAccountName: string): ServiceAccountSubject {
    return inCall('ServiceAccountSubject.exact', () => ServiceAccountSubject._exact(namespace, serviceAccountName));
  }

  /** For constructs, whose errors have a path. @internal */
  public static _exact(namespace: string, serviceAccountName: string): ServiceAccountSubject {
    checkStrings('ServiceAccountSubject.exact(\'reports\', \'reader\')', { namespace, serviceAccountName });
    refusePattern('namespace', namespace);
    refusePattern('serviceAccountName', serviceAccountName);
    checkLabel('namespace', namespace);
    checkSubdomain('serviceAccountName', serviceAccountName);
    return new ServiceAccountSubject(namespace, serviceAccountName, false);
  }

  /**
   * All service accounts that match a pattern. In `StringLike` conditions of IAM, `*` matches any number of characters, and `?` matches one.
   *
   * @param namespacePattern the pattern for namespaces, such as `team-*`. It must not match every namespace.
   * @param serviceAccountNamePattern the pattern for names, such as `reader-*`, or `*` for all service accounts in the namespaces.
   * @throws if the namespace pattern matches every namespace, if a pattern has a character that is not allowed in names, or if it is a token.
   */
  public static pattern(namespacePattern: string, serviceAccountNamePattern: string): ServiceAccountSubject {
    return inCall('ServiceAccountSubject.pattern', () => {
      checkStrings('ServiceAccountSubject.pattern(\'team-*\', \'reader\')', { namespacePattern, serviceAccountNamePattern });
      if (/^[*?]+$/.test(namespacePattern)) {
        throw refusal('namespacePattern', namespacePattern, 'a pattern that does not match every namespace',
          'specify the namespace, or use ServiceAccountSubject.unsafeInEveryNamespace to trust every namespace');
      }
      return ServiceAccountSubject.like(namespacePattern, serviceAccountNamePattern);
    });
  }

  /**
   * Service accounts in every namespace. Anyone who can create a namespace, or a service account in any namespace, can then assume the role.
   *
   * @param serviceAccountNamePattern the pattern for names, such as `reader`. `*` and `?` are wildcards.
   * @throws if the pattern has a character that is not allowed in names, or if it is a token.
   */
  public static unsafeInEveryNamespace(serviceAccountNamePattern: string): ServiceAccountSubject {
    return inCall('ServiceAccountSubject.unsafeInEveryNamespace', () => {
      checkStrings('ServiceAccountSubject.unsafeInEveryNamespace(\'reader\')', { serviceAccountNamePattern });
      return ServiceAccountSubject.like('*', serviceAccountNamePattern);
    });
  }

  private static like(namespacePattern: string, serviceAccountNamePattern: string): ServiceAccountSubject {
    const checks: [string, string, RegExp, string][] = [
      ['namespacePattern', namespacePattern, /^[-a-z0-9*?]+$/, 'lowercase letters, digits, hyphens, * and ?'],
      ['serviceAccountNamePattern', serviceAccountNamePattern, /^[-.a-z0-9*?]+$/, 'lowercase letters, digits, hyphens, dots, * and ?'],
    ];
    for (const [property, pattern, allowed, words] of checks) {
      if (Token.isUnresolved(pattern)) {
        throw refusal(property, '<token>', 'known when the app is synthesized',
          'a token could contain *; use ServiceAccountSubject.exact, which accepts tokens');
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
    /** Whether `*` and `?` are wildcards. IAM then compares the subject with `StringLike` instead of `StringEquals`. */
    public readonly isPattern: boolean,
  ) {}

  /** The value that the trust policy compares with the `sub` claim of the token. */
  public get value(): string {
    return `system:serviceaccount:${this.namespace}:${this.serviceAccountName}`;
  }

  /** The subject as a string. */
  public toString(): string {
    return this.value;
  }
}

/** JavaScript callers could forget an argument. */
function checkStrings(call: string, values: { readonly [property: string]: unknown }): void {
  for (const [property, value] of Object.entries(values)) {
    if (typeof value !== 'string' && !Token.isUnresolved(value)) {
      throw refusalWithoutValue(property, 'a string', `for example ${call}`);
    }
  }
}

function refusePattern(property: string, value: string): void {
  if (!Token.isUnresolved(value) && /[*?]/.test(value)) {
    throw refusal(property, value, 'one exact name, without * and ?',
      'for a pattern, use a ServiceAccountRole with ServiceAccountSubject.pattern(namespacePattern, serviceAccountNamePattern)');
  }
}
