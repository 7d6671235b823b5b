import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ServiceAccountWithRole } from '../lib';

/**
 * Walk-through: a Job that runs `aws s3 ls` once. By default, containers of cdk8s-plus cannot run as root and cannot write to their root file
 * system. This one therefore has a user, and a volume for what the AWS CLI caches in its home.
 */
export function s3ListOnly(name: string, { serviceAccountName, namespace: namespaceName }: ServiceAccountWithRole): cdk8s.Chart {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Jobs');
  const home = kplus.Volume.fromEmptyDir(chart, 'Home', 'home');
  new kplus.Job(chart, 'S3ListOnly', {
    metadata: { name },
    backoffLimit: 0,
    restartPolicy: kplus.RestartPolicy.NEVER,
    serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'ServiceAccount', serviceAccountName, { namespaceName }),
    containers: [{
      name: 's3-listonly',
      image: 'amazon/aws-cli',
      command: ['aws', 's3', 'ls'],
      securityContext: { user: 1000, group: 1000 },
      envVariables: { HOME: kplus.EnvValue.fromValue('/home/reader') },
      volumeMounts: [{ path: '/home/reader', volume: home }],
      resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: cdk8s.Size.mebibytes(128), limit: cdk8s.Size.mebibytes(512) } },
    }],
  });
  return chart;
}
