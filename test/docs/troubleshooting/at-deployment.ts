import { join } from 'node:path';
import { CfnParameter } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { object } from './apps';
import { policies, ServiceAccountRole, ServiceAccountSubject } from '../../../lib';
import { ExistingObjects } from '../../../lib/kubernetes/contract/existing-objects';
import { KubernetesError } from '../../../lib/kubernetes/function/client/api-server';
import { KubernetesApi } from '../../../lib/kubernetes/function/client/kubernetes-api';
import { Deadline } from '../../../lib/kubernetes/function/deadline';
import { describe as described } from '../../../lib/kubernetes/function/errors';
import { LIMITS } from '../../../lib/kubernetes/function/limits';
import { Owners } from '../../../lib/kubernetes/function/records/owners';
import { decode } from '../../../lib/kubernetes/function/records/record';
import { judge, DesiredObject } from '../../../lib/kubernetes/function/sets/judgement';
import { waitForConditions } from '../../../lib/kubernetes/function/waiting/wait-for-conditions';
import { deployed, OREGON } from '../../deployed';
import { read } from '../../documents';
import { TestClock } from '../../kubernetes/function/test-clock';
import { newCluster, newStack } from '../../stacks';

const entry = { object, uid: 'u', epoch: 1, landed: true, origin: 'absent' as const, fields: [] };
const desired: DesiredObject = { object, owner: '123456789012/us-west-2/Stack/Set', existing: ExistingObjects.REFUSE, isUndo: false, token: 't' };

/** What the function says about an object that it finds. */
const judged = (more: Partial<DesiredObject> = {}, ...owners: string[]) => {
  const holders = owners.map((owner) => ({ owner, entry, isEnding: false }));
  const lists = { holdersOf: () => holders, entryFor: () => undefined, isKept: () => false, mayBeShared: () => false };
  const judgement = judge(object, { ...desired, ...more }, lists as unknown as Owners);
  throw new Error((judgement as { why: string }).why);
};

/** What the function says about an answer of the API server. */
const answered = (statusCode: number, message: string, reason?: string, field?: string) => {
  throw described(object, new KubernetesError('apply', statusCode, { message, reason, details: { causes: field ? [{ field, message }] : [] } }));
};

/** For errors that only a real API server or Amazon EKS causes: the message is in the source text. */
const written = (file: string) => () => {
  throw new Error(read(join('lib/kubernetes/function', file)));
};

/** For errors of Amazon EKS, which the local AWS writes in the same words. */
const byAmazonEks = (file: string) => () => {
  throw new Error(read(join('local-aws/server', file)));
};

/** What the function says about a Job that it awaits. */
const waiting = (found: object | undefined) => {
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'migrate' } };
  const limits = { ...LIMITS, pause: 10 };
  return waitForConditions({ objects: [job], awaited: [{ object: job, type: 'Complete' }], waitTimeout: 5 }, {
    api: { get: async () => found } as unknown as KubernetesApi,
    limits,
    deadline: new Deadline(1_000, limits, { clock: new TestClock() }),
    finished: new Set(),
  });
};

/** What causes each message of a deployment, in the order of the page. */
export const AT_DEPLOYMENT: { readonly [message: string]: () => unknown } = {
  'Template error: Fn::Select cannot select nonexistent value at index 1': () => {
    const stack = newStack();
    newCluster(stack, { issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/OTHER' });
    deployed(stack, Template.fromStack(stack).toJSON().Outputs);
  },
  'Template error: Fn::Select cannot select nonexistent value at index 5': () => {
    const stack = newStack();
    const workspaceArns = [new CfnParameter(stack, 'Given').valueAsString];
    new ServiceAccountRole(stack, 'Role', {
      cluster: newCluster(stack), subjects: [ServiceAccountSubject.exact('a', 'b')], controllerPolicies: [new policies.PrometheusWritePolicy({ workspaceArns })],
    });
    const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    deployed(stack, Properties.PolicyDocument, { ...OREGON, parameters: { Given: '*' } });
  },
  'the OIDC issuer of the cluster is …, but issuerUrl is …: …': written('client/issuer.ts'),
  '… already exists and is managed by …': () => judged(),
  '… already exists (someone else has created it again) and is managed by …': () => judged({ entry: { ...entry, uid: 'before' } }),
  '… belongs to …: …': () => judged({}, '123456789012/us-west-2/Other/Set'),
  '… 422 Invalid: …': () => answered(422, 'Invalid value', 'Invalid', 'data'),
  '… this cannot be changed in place, so give the object another name': written('sets/apply-set.ts'),
  '… has failed: …: while it exists, see kubectl …': () => waiting({ metadata: {}, status: { conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' }] } }),
  'after … s, waitFor does not hold: …': () => waiting({ metadata: {}, spec: {} }),
  '… has failed: it no longer exists, so its result is unknown': () => waiting(undefined),
  '… 404 NotFound: namespaces … not found': () => answered(404, 'namespaces "reports" not found', 'NotFound'),
  '… the cluster has no kind … in …': written('client/kubernetes-api.ts'),
  '… the cluster does not accept the role of the function, …': () => answered(401, 'Unauthorized', 'Unauthorized'),
  '… 403 Forbidden: …': () => answered(403, 'configmaps "settings" is forbidden', 'Forbidden'),
  '… kubectl create namespace …, and let only administrators and the function write Secrets in it': written('records/record-store.ts'),
  'record … cannot be read: …': () => decode('record', 'x'),
  'cluster … exists in Amazon EKS, but the function cannot reach its API server: …': written('client/cluster-watch.ts'),
  'cannot find out from Amazon EKS whether cluster … exists (…): …': written('client/cluster-watch.ts'),
  '… is not that of cluster …, so the function sent it no token: …': written('client/cluster-watch.ts'),
  'cannot verify clusterEndpoint and clusterCertificateAuthorityData, …, against cluster … in Amazon EKS (…): …': written('client/cluster-watch.ts'),
  'Association already exists: …': byAmazonEks('pod_identity_associations.py'),
  'Addon already exists': byAmazonEks('addons.py'),
  'WARNING: pods of … that start now may not get its credentials: …': written('credentials/wait-for-credentials.ts'),
  'the function does not wait until pods of … get credentials, …': written('credentials/wait-for-credentials.ts'),
};
