import { Duration, Tokenization } from 'aws-cdk-lib';
import { checkNoMarks, ROLE_ARN_ANNOTATION } from '../../kubernetes/contract/marks';
import { checkDuration } from '../../private/durations';
import { refusalWithoutValue } from '../../private/errors';
import { checkAnnotations, checkLabels } from '../../private/kubernetes-labels';
import { Audience } from '../internal/audience';
import { ServiceAccountSubject } from '../service-account-subject';

/** Sets the lifetime of the token that a pod exchanges for credentials. @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough */
const TOKEN_EXPIRATION_ANNOTATION = 'eks.amazonaws.com/token-expiration';
/** Selects the STS endpoint of the AWS SDK in a pod. @see https://docs.aws.amazon.com/eks/latest/userguide/configure-sts-endpoint.html */
const STS_ENDPOINTS_ANNOTATION = 'eks.amazonaws.com/sts-regional-endpoints';
/** The API server does not accept a shorter lifetime, and EKS does not issue tokens with a longer one. */
const TOKEN_EXPIRATION = { least: Duration.minutes(10), most: Duration.hours(24) };

const RESERVED = {
  [ROLE_ARN_ANNOTATION]: 'this construct sets it to the ARN of the role',
  [TOKEN_EXPIRATION_ANNOTATION]: 'use tokenExpiration instead',
  [STS_ENDPOINTS_ANNOTATION]: 'use stsRegionalEndpoints instead',
  [Audience.ANNOTATION]: 'set audience on the cluster, so that its trust policies and its IAM OIDC provider accept these tokens',
};

export interface AccountOptions {
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly tokenExpiration?: Duration;
  readonly stsRegionalEndpoints?: boolean;
  readonly automountServiceAccountToken?: boolean;
}

/** Refuses options that Kubernetes does not accept, and annotations that this construct sets. */
export function checkAccountOptions({ labels, annotations = {}, tokenExpiration }: AccountOptions): void {
  checkLabels('labels', labels);
  checkAnnotations('annotations', annotations);
  checkNoMarks('annotations', annotations);
  checkDuration('tokenExpiration', tokenExpiration, TOKEN_EXPIRATION.least, TOKEN_EXPIRATION.most);
  for (const [annotation, why] of Object.entries(RESERVED)) {
    if (annotation in annotations) {
      throw refusalWithoutValue(`annotations['${annotation}']`, 'omitted', why);
    }
  }
}

/** The service account object that is applied in the cluster. */
export class AccountObject {
  private readonly options: AccountOptions;

  /** @param roleAnnotations the annotations that connect the account to its role: none if its pods use EKS Pod Identity only. */
  constructor(private readonly subject: ServiceAccountSubject, private readonly roleAnnotations: { [key: string]: string }, options: AccountOptions) {
    this.options = { ...options }; // read at synthesis, until which the app can use its object for another account
  }

  /** The object as plain data. */
  public toJson(): { [key: string]: unknown } {
    const { automountServiceAccountToken } = this.options;
    return {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: this.metadata,
      ...automountServiceAccountToken !== undefined && { automountServiceAccountToken },
    };
  }

  private get metadata(): { [key: string]: unknown } {
    const { namespace, serviceAccountName: name } = this.subject;
    const { labels, annotations, tokenExpiration, stsRegionalEndpoints } = this.options;
    const forAws = {
      ...tokenExpiration && { [TOKEN_EXPIRATION_ANNOTATION]: Tokenization.stringifyNumber(tokenExpiration.toSeconds()) },
      ...stsRegionalEndpoints !== undefined && { [STS_ENDPOINTS_ANNOTATION]: `${stsRegionalEndpoints}` },
      ...this.roleAnnotations,
    };
    const hasAnnotations = annotations !== undefined || Object.keys(forAws).length > 0;
    return { name, namespace, ...labels && { labels }, ...hasAnnotations && { annotations: { ...annotations, ...forAws } } };
  }
}
