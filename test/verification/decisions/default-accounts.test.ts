import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, job, objects } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections));
const names = (access: verification.PodAccess) => access.principals.map(({ name }) => name);
const APP = { Role: accountRole('default:app'), Objects: objects(account('app', 'Role')) };
const POD = 'pods of service account default/default';

/** The nodes of the cluster, with a launch template that opens the instance metadata for pods, or that the templates do not have. */
const nodes = (launchTemplate: object) => ({
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ...clusterTemplate().stack.Resources.Nodes.Properties, LaunchTemplate: launchTemplate } },
});
const OPEN = {
  Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } } } },
  ...nodes({ Id: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } }),
};
const UNREAD = nodes({ Id: 'lt-0', Version: '1' });

describe('pods of the account default have a row', () => {
  test('where a workload runs under it', () => {
    const access = read({ ...APP, Jobs: objects(job('sync', 'default')) });
    expect(names(access)).toContain(POD);
    const { row } = access.principals.find(({ name }) => name === POD)!;
    expect(row).toMatchObject({ kind: 'ServiceAccount', cluster: 'prod', namespace: 'default', name: 'default', isDefinedElsewhere: true, roles: [] });
  });

  test.each<[string, object, boolean]>([['open', OPEN, true], ['not read', UNREAD, false]])('where the instance metadata of nodes is %s', (_, launch, isCertain) => {
    const access = read({ ...APP, Other: accountRole('reports:reader'), ...launch });
    const rows = access.principals.filter(({ row }) => row.name === 'default');
    expect(rows.map(({ name }) => name)).toEqual([POD, 'pods of service account reports/default']);
    rows.forEach(({ row }) => expect(row.roles.map(({ role, by, isCertain: certain }) => [role, by, certain])).toEqual([['NodeRole', 'instance metadata', isCertain]]));
    expect(rows[0].decide(LIST).outcome).toBe(isCertain ? 'ALLOWED' : 'UNKNOWN');
  });

  test('where the templates have no service account at all', () => {
    expect(names(read(OPEN))).toEqual(['nodes of nodegroup Nodes', POD]);
  });

  test('once, where a template defines it', () => {
    const access = read({ Objects: objects(account('default', 'Role')), Role: accountRole('default:default', allow(LIST)), ...OPEN });
    expect(names(access).filter((name) => name === POD)).toEqual([POD]);
    expect(access.principals.find(({ name }) => name === POD)!.row.isDefinedElsewhere).toBe(false);
  });

  test('once, where nodes are open under one condition only, and its pods are those of each condition', () => {
    const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
    const { Launch, Nodes } = OPEN;
    const MetadataOptions = { HttpTokens: 'required', HttpPutResponseHopLimit: { 'Fn::If': ['IsProd', 2, 1] } };
    const access = read({ Nodes, Launch: { ...Launch, Properties: { LaunchTemplateData: { MetadataOptions } } } }, sections);
    const [pods, ...others] = access.principals.filter(({ name }) => name === POD);
    expect(others).toEqual([]);
    expect(`${pods.decide(LIST)}`).not.toContain('there are no pods');
    expect(pods.decide(LIST).outcome).toBe('UNKNOWN');
  });
});

describe('they have no row', () => {
  test.each<[string, object]>([
    ['where nothing runs under it, and pods do not get the role of their node', { ...APP, Jobs: objects(job('sync', 'app')) }],
    ['only because pods of Amazon EKS might use it', { ...APP, Other: accountRole('kube-system:cluster-autoscaler') }],
  ])('%s', (_, resources) => {
    expect(names(read(resources)).filter((name) => /\/default$/.test(name))).toEqual([]);
  });

  test('where the nodes are those of another cluster', () => {
    const other = { Dev: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'dev' } }, ...OPEN };
    expect(read(other).principals.filter(({ row }) => row.name === 'default').map(({ row }) => row.cluster)).toEqual(['prod']);
  });
});
