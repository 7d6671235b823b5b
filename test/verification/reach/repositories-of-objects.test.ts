import { decisionOf, LIST } from './code-apps';
import { account, accountRole, allow, objects } from '../templates';

const URL = 'https://github.com/org/fleet';
const object = (apiVersion: string, kind: string, name: string, spec: object) => ({ apiVersion, kind, metadata: { name, namespace: 'ops' }, spec });
const flux = (spec: object, url = URL) => object('source.toolkit.fluxcd.io/v1', 'GitRepository', 'fleet', { url, interval: '1m', ...spec });
const argo = (repoURL: string) => object('argoproj.io/v1alpha1', 'Application', 'fleet', { source: { repoURL, path: '.' }, destination: { server: 'https://kubernetes.default.svc' } });
const external = (name: string, target: object = { name }) =>
  object('external-secrets.io/v1', 'ExternalSecret', name, { target, data: [{ secretKey: 'identity', remoteRef: { key: 'deploy-key' } }] });
const ofArgo = (type: string) => ({ name: 'creds', template: { metadata: { labels: { 'argocd.argoproj.io/secret-type': type } } } });
const WITH_SECRET = flux({ secretRef: { name: 'git-auth' } }, 'ssh://git@github.com/org/fleet');
const OPS = { Other: accountRole('ops:admin', allow(LIST)) };
const applied = (...documents: object[]) => ({ ...OPS, Ops: objects({ ...account('admin', 'Other'), metadata: { ...account('admin', 'Other').metadata, namespace: 'ops' } }, ...documents) });
const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
const PUSHES = allow('codeconnections:UseConnection');
const chart = (properties: object) => ({
  ...applied(),
  Charts: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'charts' } },
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace: 'ops', ...properties } },
});
const inCharts = { Chart: 'web', Repository: 'https://charts.s3.us-west-2.amazonaws.com/stable' };
const ofReference = { Chart: 'web', Repository: { 'Fn::Sub': 'https://${Charts.RegionalDomainName}/stable' } };
const archive = { Chart: 'https://charts.s3.us-west-2.amazonaws.com/web-1.tgz' };
const writes = (bucket: string) => allow('s3:PutObject', `arn:aws:s3:::${bucket}/*`);

const previews = (...generators: object[]) => applied(object('argoproj.io/v1alpha1', 'ApplicationSet', 'previews', {
  generators,
  template: { metadata: { name: 'preview' }, spec: { source: { repoURL: URL, targetRevision: '{{head_sha}}' }, destination: { server: 'https://kubernetes.default.svc' } } },
}));
const ofRequests = (more: object = {}) => ({ pullRequest: { github: { owner: 'org', repo: 'fleet', ...more }, requeueAfterSeconds: 60 } });
const inputs = (type: string, more: object = {}) => applied(object('fluxcd.controlplane.io/v1', 'ResourceSetInputProvider', 'inputs', { type, url: URL, ...more }));
const NOTHING = allow('sqs:ListQueues');

test.each<[string, object, object, string]>([
  ['reads the deploy key of a repository of Flux', applied(WITH_SECRET, external('git-auth')), reads('deploy-key'), 'UNKNOWN'],
  ['reads the deploy key of none', applied(WITH_SECRET, external('other')), reads('deploy-key'), 'DENIED'],
  ['reads another secret than the deploy key', applied(WITH_SECRET, external('git-auth')), reads('other'), 'DENIED'],
  ['reads a secret, without a deploy key', applied(flux({}), external('git-auth')), reads('deploy-key'), 'DENIED'],
  ['reads the token of a repository of Argo CD', applied(argo(URL), external('creds', ofArgo('repo-creds'))), reads('deploy-key'), 'UNKNOWN'],
  ['reads something else of Argo CD', applied(argo(URL), external('creds', ofArgo('other'))), reads('deploy-key'), 'DENIED'],
  ['uses a connection to a repository of Flux', applied(flux({})), PUSHES, 'UNKNOWN'],
  ['uses a connection to a repository of Flux by SSH', applied(flux({}, 'ssh://git@git.example.com/org/fleet')), PUSHES, 'UNKNOWN'],
  ['uses a connection to a repository of Argo CD', applied(argo(URL)), PUSHES, 'UNKNOWN'],
  ['uses a connection to a repository of Argo CD on a host of its own', applied(argo('https://git.example.com/org/fleet.git')), PUSHES, 'UNKNOWN'],
  ['uses a connection, while Argo CD has charts of others', applied(argo('https://org.github.io/charts')), PUSHES, 'DENIED'],
  ['only pulls by a connection', applied(argo(URL)), { ...PUSHES, Condition: { StringEquals: { 'codeconnections:ProviderAction': 'GitPull' } } }, 'DENIED'],
  ['may open a pull request, as anyone may', previews(ofRequests()), NOTHING, 'UNKNOWN'],
  ['may open a pull request that a matrix uses', previews({ matrix: { generators: [{ clusters: {} }, ofRequests()] } }), NOTHING, 'UNKNOWN'],
  ['may open a pull request that an input of Flux shows', inputs('GitHubPullRequest'), NOTHING, 'UNKNOWN'],
  ['may open a pull request, which a member labels', previews(ofRequests({ labels: ['preview'] })), NOTHING, 'DENIED'],
  ['may not open pull requests of a private repository', previews(ofRequests({ tokenRef: { secretName: 'github', key: 'token' } })), NOTHING, 'DENIED'],
  ['may open a pull request, but branches decide', inputs('GitHubBranch'), NOTHING, 'DENIED'],
  ['may open a pull request, which a member labels for Flux', inputs('GitHubPullRequest', { filter: { labels: ['preview'] } }), NOTHING, 'DENIED'],
  ['may open a pull request, but nothing uses these', previews({ list: { elements: [] } }), NOTHING, 'DENIED'],
  ['writes the repository of a chart', chart(inCharts), writes('charts'), 'UNKNOWN'],
  ['writes the repository of a chart by a reference', chart(ofReference), writes('charts'), 'UNKNOWN'],
  ['writes a chart', chart(archive), writes('charts'), 'UNKNOWN'],
  ['writes another bucket than that of a chart', chart(inCharts), writes('data'), 'DENIED'],
  ['writes any bucket, while the repository of the chart is an import', chart({ Chart: 'web', Repository: { 'Fn::ImportValue': 'Charts' } }), writes('charts'), 'UNKNOWN'],
  ['writes any bucket, while the name of the chart is an import', chart({ Chart: { 'Fn::ImportValue': 'Name' }, Repository: 'https://charts.example.com' }), writes('charts'), 'DENIED'],
  ['writes any bucket, while the chart is elsewhere', chart({ Chart: 'web', Repository: 'https://charts.example.com/stable' }), writes('charts'), 'DENIED'],
])('a pod that %s might decide what is applied to the cluster, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
