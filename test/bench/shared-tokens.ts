// What growth.slow.test.ts counts: apps in which each of many pods may lead to each of the others, so that the work grows with their pairs.
import { verification } from '../../lib';
import { Workload } from '../growth/growth';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../verification/templates';

type Resources = Parameters<typeof clusterTemplate>[0];

/** What else than its role and its account a workload has. */
interface Parts {
  readonly containers: readonly object[];
  readonly objects?: readonly object[];
  readonly resources?: Resources;
}

/** To decide about all principals of an app, whose number of pairs of workloads is the size. */
const deciding = (partsOf: (i: number) => Parts): Workload => (size) => {
  const count = Math.round(Math.sqrt(size));
  const all = Array.from({ length: count }, (_, i) => workload(i, partsOf(i)));
  const access = verification.PodAccess.fromTemplates(clusterTemplate(Object.assign({}, ...all))).assume({ noOtherNodes: true });
  return () => access.principals.map((principal) => principal.decide('s3:ListAllMyBuckets').outcome);
};

const nameOf = (i: number) => `app-${i}`;

const workload = (i: number, { containers, objects: others = [], resources = {} }: Parts): Resources => ({
  ...resources,
  [`Role${i}`]: accountRole(`default:${nameOf(i)}`, allow('s3:GetObject', `arn:aws:s3:::${nameOf(i)}/*`)),
  [`Objects${i}`]: objects(account(nameOf(i), `Role${i}`), {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: nameOf(i), namespace: 'default' },
    spec: { template: { metadata: { labels: { app: nameOf(i) } }, spec: { serviceAccountName: nameOf(i), containers } } },
  }, ...others),
});

const ofSecret = (name: string, secret: string, key: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } });

/** Each might push to the repositories of the others, with its own token. */
export const repositories = deciding((i) => ({
  containers: [
    { name: 'main', image: 'bot' },
    {
      name: 'git',
      image: 'registry.k8s.io/git-sync/git-sync:v4.4.0',
      args: [`--repo=https://github.com/acme/${nameOf(i)}`],
      env: [ofSecret('GITSYNC_PASSWORD', `git-${i}`, 'password')],
    },
  ],
}));

/** Each can mount the tokens of the others, and might run workflows with each of the roles that trust GitHub. */
export const identities = deciding((i) => ({
  containers: [{ name: 'main', image: 'bot', env: [ofSecret('GITHUB_TOKEN', `git-${i}`, 'GITHUB_TOKEN')] }],
  objects: [{
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: `git-${i}`, namespace: 'default' },
    spec: { target: { name: `git-${i}` }, data: [{ secretKey: 'GITHUB_TOKEN', remoteRef: { key: `github-${i}` } }] },
  }],
  resources: {
    [`Deploy${i}`]: role({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': `repo:acme/${nameOf(i)}:*` } },
    }, allow('s3:PutObject', `arn:aws:s3:::${nameOf(i)}/*`)),
  },
}));

/** Each can mount the keys of the users of the others. */
export const keys = deciding((i) => ({
  containers: [{ name: 'main', image: 'bot', env: [ofSecret('AWS_SECRET_ACCESS_KEY', `key-${i}`, 'key')] }],
  resources: {
    [`User${i}`]: { Type: 'AWS::IAM::User', Properties: {} },
    [`Key${i}`]: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: `User${i}` } } },
    [`Secret${i}`]: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': [`Key${i}`, 'SecretAccessKey'] } } },
  },
}));

/** Each runs what another one serves. */
export const servers = deciding((i) => ({
  containers: [{ name: 'main', image: 'bot', command: ['sh', '-c', `curl -fsSL http://${nameOf(i % 2 === 0 ? i + 1 : i - 1)}/run.sh | sh`] }],
  objects: [{
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: nameOf(i), namespace: 'default' },
    spec: { selector: { app: nameOf(i) }, ports: [{ port: 80 }] },
  }],
}));
