import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { refusal } from '../../private/errors';

/** Which role a pod of the account gets. @see https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
const ROLE_ARN_ANNOTATION = 'eks.amazonaws.com/role-arn';

const RESERVED = {
  [ROLE_ARN_ANNOTATION]: 'it names the role that this construct defines',
  'eks.amazonaws.com/audience': 'the role trusts tokens for sts.amazonaws.com alone',
};

export interface ServiceAccountManifestProps {
  readonly name: string;
  readonly namespace: string;
  readonly roleArn: string;
  readonly labels?: { [key: string]: string };
  readonly annotations?: { [key: string]: string };
  readonly automountServiceAccountToken?: boolean;
}

export interface ServiceAccountManifest {
  /** The account, for workloads of cdk8s-plus to use. */
  readonly serviceAccount: kplus.IServiceAccount;
  /** The chart that holds it, and nothing else. */
  readonly chart: cdk8s.Chart;
}

export function serviceAccountManifest(props: ServiceAccountManifestProps): ServiceAccountManifest {
  const { name, namespace, roleArn, labels, annotations, automountServiceAccountToken: automountToken } = props;
  for (const [annotation, why] of Object.entries(RESERVED)) {
    if (annotations && annotation in annotations) {
      throw refusal(`annotations['${annotation}']`, annotations[annotation], 'left out', why);
    }
  }
  const chart = new cdk8s.Chart(new cdk8s.App(), 'ServiceAccount');
  const serviceAccount = new kplus.ServiceAccount(chart, 'ServiceAccount', {
    metadata: { name, namespace, labels, annotations: { ...annotations, [ROLE_ARN_ANNOTATION]: roleArn } },
    automountToken,
  });
  if (automountToken === undefined) {
    // cdk8s-plus would turn it off, which breaks every controller that talks to the API server
    cdk8s.ApiObject.of(serviceAccount).addJsonPatch(cdk8s.JsonPatch.remove('/automountServiceAccountToken'));
  }
  return { serviceAccount, chart };
}
