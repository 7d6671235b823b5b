import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { OidcIssuer } from '../../identity';
import { ISSUER_COMMAND } from '../../private/issuer-command';

/** The id of a cluster is hexadecimal. The AWS documentation has other letters in its examples. */
const UNLIKE_EKS = /^oidc[.-]eks\.[^/]+\/id\/(?![0-9A-Z]{32}$)/;

/**
 * Adds a warning for an issuer that is probably incomplete. Nothing would fail, but pods would get no credentials.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html
 */
export function warnOfIssuerId(cluster: IConstruct, issuer: OidcIssuer): void {
  if (UNLIKE_EKS.test(issuer.value)) {
    Annotations.of(cluster).addWarningV2('cdk-irsa:issuer-id', `the issuer ${issuer} does not end with an id of 32 digits and upper-case letters, as issuers of Amazon EKS do. `
      + `If it is not the issuer of the cluster, pods get no credentials: compare it with the output of ${ISSUER_COMMAND}`);
  }
}
