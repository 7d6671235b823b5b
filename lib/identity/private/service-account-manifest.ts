import { Duration, Tokenization } from 'aws-cdk-lib';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { checkNoMarks, ROLE_ARN_ANNOTATION } from '../../kubernetes/contract/marks';
import { checkDuration } from '../../private/durations';
import { refusalWithoutValue } from '../../private/errors';
import { checkAnnotations, checkLabels } from '../../private/kubernetes-labels';

/** How long the token is valid that a pod exchanges for credentials. @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough */
const TOKEN_EXPIRATION_ANNOTATION = 'eks.amazonaws.com/token-expiration';
/** The API server takes no less, and EKS gives no more. */
const TOKEN_EXPIRATION = { least: Duration.minutes(10), most: Duration.hours(24) };

const RESERVED = {
  [ROLE_ARN_ANNOTATION]: 'it names the role that this construct defines',
  [TOKEN_EXPIRATION_ANNOTATION]: 'set the property tokenExpiration in its place',
  'eks.amazonaws.com/audience': 'the role trusts tokens for sts.amazonaws.com alone',
};

export interface ServiceAccountManifestProps {
  readonly name: string;
  readonly namespace: string;
  readonly roleArn: string;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly tokenExpiration?: Duration;
  readonly automountServiceAccountToken?: boolean;
}

export interface ServiceAccountManifest {
  /** The account, for workloads of cdk8s-plus to use. */
  readonly serviceAccount: kplus.IServiceAccount;
  /** The chart that holds it, and nothing else. */
  readonly chart: cdk8s.Chart;
}

export function serviceAccountManifest(props: ServiceAccountManifestProps): ServiceAccountManifest {
  const { name, namespace, roleArn, labels, annotations, tokenExpiration, automountServiceAccountToken: automountToken } = props;
  checkLabels('labels', labels);
  checkAnnotations('annotations', annotations);
  checkNoMarks('annotations', annotations);
  checkDuration('tokenExpiration', tokenExpiration, TOKEN_EXPIRATION.least, TOKEN_EXPIRATION.most);
  for (const [annotation, why] of Object.entries(RESERVED)) {
    if (annotations && annotation in annotations) {
      throw refusalWithoutValue(`annotations['${annotation}']`, 'left out', why);
    }
  }
  const chart = new cdk8s.Chart(new cdk8s.App(), 'ServiceAccount');
  const serviceAccount = new kplus.ServiceAccount(chart, 'ServiceAccount', {
    metadata: {
      name,
      namespace,
      labels,
      annotations: {
        ...annotations,
        ...(tokenExpiration && { [TOKEN_EXPIRATION_ANNOTATION]: Tokenization.stringifyNumber(tokenExpiration.toSeconds()) }),
        [ROLE_ARN_ANNOTATION]: roleArn,
      },
    },
    automountToken,
  });
  if (automountToken === undefined) {
    // cdk8s-plus would turn it off, which breaks every controller that talks to the API server
    cdk8s.ApiObject.of(serviceAccount).addJsonPatch(cdk8s.JsonPatch.remove('/automountServiceAccountToken'));
  }
  return { serviceAccount, chart };
}
