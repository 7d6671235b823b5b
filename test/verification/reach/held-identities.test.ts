import { verification } from '../../../lib';
import { account, allow, clusterTemplate, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const GITHUB = 'token.actions.githubusercontent.com';
const named = (kind: string, spec: object, namespace?: string, apiVersion = 'example.com/v1') => ({ apiVersion, kind, metadata: { name: 'it', ...namespace && { namespace } }, spec });
const trust = (issuer: unknown, claims: object, Federated: unknown = `arn:aws:iam::111122223333:oidc-provider/${issuer}`) => role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated },
  Condition: { StringLike: Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${issuer}:${name}`, value])) },
}, allow(LIST));
const ofGitHub = (sub: unknown = 'repo:acme/infra:*') => trust(GITHUB, { sub, aud: 'sts.amazonaws.com' });
const limited = (Condition: object) =>
  role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${GITHUB}` }, Condition }, allow(LIST));
const ofHost = (host: string) => trust(host, { sub: 'project_path:acme/infra:ref_type:branch:ref:main' });
const chart = (Values: object, Namespace = 'default') => ({
  Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Namespace, Values: JSON.stringify(Values) },
});
const decisionOf = (Deploy: object, documents: object[], more: object = {}) => verification.PodAccess
  .fromTemplates(clusterTemplate({ Deploy, Applied: objects(account('app'), ...documents), ...more }, { Parameters: { Org: { Type: 'String', AllowedPattern: '[a-z]+' } } }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(LIST);
const ingress = (host: string, namespace = 'default') => named('Ingress', { rules: [{ host }] }, namespace, 'networking.k8s.io/v1');

const saml = (SamlMetadataDocument: string) => ({ Provider: { Type: 'AWS::IAM::SAMLProvider', Properties: { SamlMetadataDocument } } });
const OF_SAML = role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: { Ref: 'Provider' } }, Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } } }, allow(LIST));
const METADATA = '<EntityDescriptor entityID="https://id.example.com/realms/aws"><SingleSignOnService Location="https://id.example.com/realms/aws/saml"/></EntityDescriptor>';

test.each<[string, object, object[], object?]>([
  ['the host of a SAML provider', OF_SAML, [ingress('id.example.com')], saml(METADATA)],
  ['an object with the URL of a repository', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infra' }, 'default')]],
  ['an object with the URL of an organization', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/' }, 'default')]],
  ['an object with the URL of an enterprise', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/enterprises/acme-corp' }, 'default')]],
  ['an object with a URL that only the deployment knows as a whole', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/${Org}/infra' }, 'default')]],
  ['an object with the name of a repository', ofGitHub(), [named('RunnerDeployment', { template: { spec: { repository: 'acme/infra' } } }, 'default')]],
  ['an object with the URL of a repository, if the address is limited, too', limited({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infra' }, 'default')]],
  ['an object with the URL of a repository, if others are excluded', limited({ StringNotLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:*' } }), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infra' }, 'default')]],
  ['an object with the name of an organization', ofGitHub(), [named('RunnerDeployment', { template: { spec: { organization: 'acme' } } }, 'default')]],
  ['an object for all namespaces', ofGitHub(), [named('RunnerGroup', { organization: 'acme' })]],
  ['a workload with the URL in its environment', ofGitHub(), [named('Deployment', { template: { spec: { containers: [{ name: 'c', env: [{ name: 'REPO_URL', value: 'https://github.com/acme/infra' }] }] } } }, 'default', 'apps/v1')]],
  ['a chart with the URL in its values', ofGitHub(), [], { Chart: chart({ githubConfigUrl: 'https://github.com/acme/infra' }) }],
  ['a chart for several namespaces', trust('gitlab.com', { sub: 'project_path:acme/infra:*' }), [], { Chart: chart({ gitlabUrl: 'https://gitlab.com/', runners: { config: 'namespace = "jobs"' } }, 'ci') }],
  ['the values of a release', ofGitHub(), [named('HelmRelease', { values: { githubConfigUrl: 'https://github.com/acme/infra' } }, 'default', 'helm.toolkit.fluxcd.io/v2')]],
  ['a repository of those that the role trusts', ofGitHub('repo:acme/*'), [named('RunnerDeployment', { repository: 'acme/other' }, 'default')]],
  ['any repository, for a role that trusts all', ofGitHub('repo:*'), [named('RunnerDeployment', { githubConfigUrl: 'https://github.com/acme/other' }, 'default')]],
  ['a repository, for a role that trusts all of a server', trust('ghe.example.com/_services/token', { sub: 'repo:*' }), [named('RunnerDeployment', { repository: 'acme/other' }, 'default')]],
  ['an organization, for a role that trusts a branch of all', trust('ghe.example.com/_services/token', { sub: 'repo:*:ref:refs/heads/main' }), [named('RunnerDeployment', { organization: 'acme' }, 'default')]],
  ['a repository, for a role that trusts one which only the deployment knows', ofGitHub({ 'Fn::Sub': 'repo:${Org}/infra:*' }), [named('RunnerDeployment', { repository: 'acme/infra' }, 'default')]],
  ['the organization of HCP Terraform', trust('app.terraform.io', { sub: 'organization:acme:project:p:workspace:w:run_phase:*' }), [named('AgentPool', { organization: 'acme' }, 'default')]],
  ['the host of the provider', ofHost('gitlab.example.com'), [ingress('gitlab.example.com')]],
  ['the host of a provider with a path', trust('keycloak.example.com/realms/aws', { sub: 'deployer' }), [ingress('keycloak.example.com')]],
  ['the host of a provider of the templates', trust('dex.example.com', { sub: 'deployer' }, { Ref: 'Dex' }), [ingress('dex.example.com')], { Dex: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://dex.example.com', ClientIdList: ['sts.amazonaws.com'] } } }],
  ['the host in an annotation', ofHost('gitlab.example.com'), [{ ...named('Service', {}, 'default', 'v1'), metadata: { name: 'it', namespace: 'default', annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'gitlab.example.com' } } }]],
  ['SPIFFE', trust('oidc.example.org', { sub: 'spiffe://example.org/ns/default/sa/app' }), [named('ClusterSPIFFEID', { spiffeIDTemplate: 'spiffe://{{ .TrustDomain }}/ns/x' })]],
  ['the driver of SPIFFE', trust('oidc.example.org', { sub: 'spiffe://example.org/ns/default/sa/app' }), [named('Pod', { containers: [], volumes: [{ name: 's', csi: { driver: 'csi.spiffe.io' } }] }, 'other', 'v1')]],
])('pods might have an identity that a role trusts: %s', (_, deploy, documents, more = {}) => {
  const { outcome, missing } = decisionOf(deploy, documents, more);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/^pods might get role Deploy, which trusts .+, because of .+ it names .+/)]);
});

test('an identity counts once, however many objects name what it is of', () => {
  const url = 'https://github.com/acme/infra';
  const { missing } = decisionOf(ofGitHub(), ['RunnerDeployment', 'RunnerSet'].map((kind) => named(kind, { url }, 'default')));
  expect(missing).toEqual([expect.stringContaining('because of RunnerDeployment it')]);
});

test.each<[string, object, object[], object?]>([
  ['the URL of another repository', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/app' }, 'default')]],
  ['the URL of a repository with a longer name', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infrastructure' }, 'default')]],
  ['the URL of another organization', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/other' }, 'default')]],
  ['a namespace other than that of the pods', ofGitHub(), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infra' }, 'runners')]],
  ['a chart of another namespace', ofGitHub(), [], { Chart: chart({ githubConfigUrl: 'https://github.com/acme/infra' }, 'runners') }],
  ['an image', ofGitHub(), [named('Deployment', { template: { spec: { containers: [{ name: 'c', image: 'acme/infra' }] } } }, 'default', 'apps/v1')]],
  ['an image in the values of a chart', ofGitHub(), [], { Chart: chart({ image: { repository: 'acme/infra' }, controller: { repository: 'acme/infra', tag: '1' } }) }],
  ['a source from which a controller applies objects', ofGitHub(), [
    named('Application', { source: { repoURL: 'https://github.com/acme/infra' } }, 'default', 'argoproj.io/v1alpha1'),
    named('GitRepository', { url: 'https://github.com/acme/infra' }, 'default', 'source.toolkit.fluxcd.io/v1'),
  ]],
  ['a label', ofGitHub(), [{ ...named('Service', {}, 'default', 'v1'), metadata: { name: 'it', namespace: 'default', labels: { organization: 'acme' } } }]],
  ['another host', ofHost('gitlab.example.com'), [ingress('app.gitlab.example.com'), ingress('gitlab.example.com.au'), ingress('my-gitlab.example.com')]],
  ['the issuer of the cluster', role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(LIST)), [named('AutoscalingRunnerSet', { githubConfigUrl: 'https://github.com/acme/infra' }, 'default')]],
  ['another host than that of a SAML provider', OF_SAML, [ingress('app.example.com')], saml(METADATA)],
])('pods have no identity that a role trusts by %s', (_, deploy, documents, more = {}) => {
  expect(decisionOf(deploy, documents, more).outcome).toBe('DENIED');
});

test('pods that no template shows have a row if their namespace might have an identity', () => {
  const templates = clusterTemplate({ Deploy: ofGitHub(), Applied: objects(account('app')), Chart: chart({ githubConfigUrl: 'https://github.com/acme/infra' }, 'runners') });
  const rows = verification.PodAccess.fromTemplates(templates).assume({ noOtherNodes: true }).principals;
  expect(rows.some(({ row }) => row.namespace === 'runners' && row.serviceAccountName === 'default')).toBe(true);
});

test('you can state that pods have no such identity', () => {
  const templates = clusterTemplate({ Deploy: ofGitHub(), Applied: objects(account('app'), named('Runner', { repository: 'acme/infra' }, 'default')) });
  const access = verification.PodAccess.fromTemplates(templates).assume({ noOtherNodes: true, noOtherCredentials: true });
  expect(access.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});
