import { decisionOf, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, job, objects, role } from '../templates';

const ofSecret = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });
const object = (apiVersion: string, kind: string, name: string, spec: object, namespace = 'default') => ({ apiVersion, kind, metadata: { name, namespace }, spec });
const external = (secretKey: string, namespace = 'default') => object('external-secrets.io/v1', 'ExternalSecret', 'filled', { data: [{ secretKey, remoteRef: { key: 'store' } }] }, namespace);
const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
const own = (container: object, volumes: object[] = []) => job('own', 'app', { containers: [{ name: 'main', image: 'bot', ...container }], volumes });
const decide = (others: object, documents: object[], ...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Other: accountRole('ops:admin'), ...others, Role: accountRole('default:app', ...statements), Own: objects(account('app', 'Role'), account('admin', 'Other', 'ops'), ...documents),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);
const OPS = { Other: accountRole('ops:admin', allow(LIST)) };

test.each<[string, object[], string]>([
  ['a variable', [own({ env: [{ name: 'ARGOCD_AUTH_TOKEN', value: 'x' }] })], 'UNKNOWN'],
  ['a variable of Jenkins', [own({ env: [ofSecret('JENKINS_API_TOKEN', 'ci', 'token')] })], 'UNKNOWN'],
  ['a key of a Secret', [own({ env: [ofSecret('TOKEN', 'ci', 'RANCHER_TOKEN')] })], 'UNKNOWN'],
  ['the Secret of the administrator', [own({ env: [ofSecret('TOKEN', 'argocd-initial-admin-secret', 'password')] })], 'UNKNOWN'],
  ['the Secret of the administrator in a volume', [own({ volumeMounts: [{ name: 'it', mountPath: '/it' }] }, [{ name: 'it', secret: { secretName: 'argocd-initial-admin-secret' } }])], 'UNKNOWN'],
  ['a Secret that a controller fills', [external('ARGOCD_AUTH_TOKEN')], 'UNKNOWN'],
  ['a Secret of another namespace', [external('ARGOCD_AUTH_TOKEN', 'ops')], 'DENIED'],
  ['the address of one', [own({ env: [{ name: 'ARGOCD_SERVER', value: 'argocd.example.com' }] })], 'DENIED'],
  ['the tokens of other services', [own({ env: ['SLACK_TOKEN', 'DATADOG_API_KEY', 'STRIPE_API_KEY', 'DB_PASSWORD', 'REDIS_PASSWORD'].map((name) => ({ name, value: 'x' })) })], 'DENIED'],
])('a pod that has a token of a system which deploys to clusters might act there, or not: %s', (_, documents, outcome) => {
  expect(decide(OPS, documents).outcome).toBe(outcome);
});

test.each<[string, string, string, string]>([
  ['it', 'ARGOCD_AUTH_TOKEN', 'store', 'UNKNOWN'],
  ['another secret', 'ARGOCD_AUTH_TOKEN', 'other', 'DENIED'],
  ['something else', 'SLACK_TOKEN', 'store', 'DENIED'],
])('so might one that reads where such a token comes from, or not: %s', (_, key, name, outcome) => {
  const build = { Build: { Type: 'AWS::CodeBuild::Project', Properties: { Environment: { EnvironmentVariables: [{ Name: key, Type: 'SECRETS_MANAGER', Value: 'store:token' }] } } } };
  expect(decide(OPS, [external(key, 'ops')], reads(name)).outcome).toBe(outcome);
  expect(decide({ ...OPS, ...build }, [], reads(name)).outcome).toBe(outcome);
});

const trusting = (issuer: string) => ({
  Deploy: role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:sub`]: 'organization:acme:project:x' } },
  }, allow(LIST)),
});

test.each<[string, string, string, string]>([
  ['CircleCI', 'oidc.circleci.com/org/1234', 'CIRCLECI_TOKEN', 'UNKNOWN'],
  ['CircleCI by another name', 'oidc.circleci.com/org/1234', 'CIRCLE_TOKEN', 'UNKNOWN'],
  ['Buildkite', 'agent.buildkite.com', 'BUILDKITE_AGENT_TOKEN', 'UNKNOWN'],
  ['Pulumi', 'api.pulumi.com/oidc', 'PULUMI_ACCESS_TOKEN', 'UNKNOWN'],
  ['Spacelift', 'acme.app.spacelift.io', 'SPACELIFT_API_KEY_SECRET', 'UNKNOWN'],
  ['a provider on a host of its own', 'gitlab.example.com', 'GITLAB_TOKEN', 'UNKNOWN'],
  ['Azure DevOps', 'vstoken.dev.azure.com/1234', 'AZP_TOKEN', 'UNKNOWN'],
  ['Entra ID', 'sts.windows.net/1234/', 'ARM_CLIENT_SECRET', 'UNKNOWN'],
  ['Google', 'accounts.google.com', 'GOOGLE_APPLICATION_CREDENTIALS', 'UNKNOWN'],
  ['Google by another name', 'accounts.google.com', 'GCP_SA_KEY', 'UNKNOWN'],
  ['an agent of HCP Terraform', 'app.terraform.io', 'TFC_AGENT_TOKEN', 'UNKNOWN'],
  ['a client of Okta', 'acme.okta.com', 'OKTA_CLIENT_SECRET', 'UNKNOWN'],
  ['the administrator of Keycloak', 'login.example.com/realms/main', 'KEYCLOAK_ADMIN_PASSWORD', 'UNKNOWN'],
  ['a pool of Spacelift', 'acme.app.spacelift.io', 'SPACELIFT_POOL_PRIVATE_KEY', 'UNKNOWN'],
  ['an agent of Jenkins', 'jenkins.example.com/oidc', 'JENKINS_AGENT_SECRET', 'UNKNOWN'],
  ['an agent that has no name', 'agent.buildkite.com', 'agentToken', 'UNKNOWN'],
  ['a class of runners', 'oidc.circleci.com/org/1234', 'resourceClassToken', 'UNKNOWN'],
  ['a runner of GitLab', 'gitlab.example.com', 'runner-registration-token', 'UNKNOWN'],
  ['a runner of GitLab by another name', 'gitlab.com', 'CI_SERVER_TOKEN', 'UNKNOWN'],
  ['a runner of GitHub', 'token.actions.githubusercontent.com', 'RUNNER_TOKEN', 'UNKNOWN'],
  ['a runner of another system', 'token.actions.githubusercontent.com', 'N8N_RUNNERS_AUTH_TOKEN', 'DENIED'],
  ['an agent of something else, with a name', 'agent.buildkite.com', 'GRAFANA_AGENT_TOKEN', 'DENIED'],
  ['an agent of something else', 'token.actions.githubusercontent.com', 'DD_CLUSTER_AGENT_AUTH_TOKEN', 'DENIED'],
  ['a database of Keycloak', 'login.example.com/realms/main', 'KEYCLOAK_DATABASE_PASSWORD', 'DENIED'],
  ['a client of something else', 'acme.okta.com', 'OAUTH_CLIENT_SECRET', 'DENIED'],
  ['an application of the company that runs the provider', 'gitlab.acme.com', 'ACME_SESSION_TOKEN', 'DENIED'],
  ['a company that names its host otherwise', 'ci.acme.com', 'ACME_SESSION_TOKEN', 'UNKNOWN'],
  ['the provider of a company by the names of both', 'gitlab.acme.com', 'ACME_GITLAB_TOKEN', 'UNKNOWN'],
  ['another one', 'agent.buildkite.com', 'PULUMI_ACCESS_TOKEN', 'DENIED'],
  ['one without a secret', 'agent.buildkite.com', 'BUILDKITE_ORGANIZATION', 'DENIED'],
  ['a service', 'agent.buildkite.com', 'STRIPE_API_KEY', 'DENIED'],
])('a pod with the token of a provider might get a role that trusts it, or not: %s', (_, issuer, name, outcome) => {
  expect(decide(trusting(issuer), [own({ env: [{ name, value: 'x' }] })]).outcome).toBe(outcome);
  expect(decide(trusting(issuer), [external(name, 'ops')], reads('store')).outcome).toBe(outcome);
  expect(decisionOf(trusting('auth.example.org'), reads('store')).outcome).toBe('DENIED');
});

const bound = (namespace: string, rule: object) => ['Role', 'RoleBinding'].map((kind) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'reader', namespace },
  ...(kind === 'Role' ? { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], ...rule }] }
    : { roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }] }),
}));
const ARGO = object('argoproj.io/v1alpha1', 'Application', 'fleet', { source: { repoURL: 'https://charts.example.com', chart: 'x' }, destination: { server: 'https://kubernetes.default.svc' } }, 'argocd');

test.each<[string, object[], string]>([
  ['the Secret of its administrator', bound('argocd', { resourceNames: ['argocd-initial-admin-secret'] }), 'UNKNOWN'],
  ['all Secrets of its namespace', [ARGO, ...bound('argocd', {})], 'UNKNOWN'],
  ['the Secret that a controller fills with a token', [external('ARGOCD_AUTH_TOKEN', 'ops'), ...bound('ops', {})], 'UNKNOWN'],
  ['the Secret that a controller fills with something else', [external('SLACK_TOKEN', 'ops'), ...bound('ops', {})], 'DENIED'],
  ['another Secret', [ARGO, ...bound('argocd', { resourceNames: ['tls'] })], 'DENIED'],
  ['all Secrets of another namespace', [ARGO, ...bound('default', {})], 'DENIED'],
  ['ConfigMaps', [ARGO, ...bound('argocd', { resources: ['configmaps'] })], 'DENIED'],
])('a pod that may read %s might sign in to Argo CD, or not', (_, documents, outcome) => {
  expect(decide(OPS, documents).outcome).toBe(outcome);
});

test('the answer names the way', () => {
  const { missing } = decide(OPS, [own({ env: [{ name: 'ARGOCD_AUTH_TOKEN', value: 'x' }] })]);
  expect(missing).toEqual([expect.stringContaining('whether pods act in the cluster by a system whose token is in Job default/own')]);
});
