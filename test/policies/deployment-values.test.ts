import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Statement } from './controller-table';
import { caseOf } from './decisions';
import { EXAMPLES } from './examples';
import { DYNAMIC_EXAMPLES, dynamicReference, OPEN_EXAMPLES, parameter, parametersOf } from './open-examples';
import { PLACES } from './place';
import { requestsOf } from './requests';
import { IrsaCluster, policies, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployed, OREGON } from '../deployed';
import { judge } from '../local-aws/judge';
import { describeWithPython } from '../local-aws/python-program';
import { AccessCase } from '../verification/second-opinion/cases';
import { ours } from '../verification/second-opinion/ours';

const [PLACE] = PLACES;
/** A value that would have a meaning in a policy, and a name that it would mean. */
const HOSTILE: ReadonlyArray<readonly [value: string, meant: string]> = [
  ['*', 'foreign'], ['?', 'x'], ['a*b', 'a-foreign-b'], ['a?b', 'a-b'], ['**', 'foreign'], ['"*', '"foreign'],
  ['${aws:PrincipalTag/team}', 'red'], ['${aws:PrincipalTag/none, \'foreign\'}', 'foreign'],
  ['${aws:ResourceTag/eks:cluster-name}', 'foreign'], ['${ec2:ResourceTag/cluster.k8s.amazonaws.com/name}', 'foreign'],
];
/** Names that no value means. */
const [NAMED, UNRELATED] = ['named-1', 'unrelated-1'];

/** The statements of a controller's role, by the parameters of the deployment. */
function statementsOf(policy: (stack: Stack) => policies.IControllerPolicy, value = parameter): (name: string) => Statement[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: PLACE.account, region: PLACE.region } });
  const controllerPolicies = [policy(stack)];
  const issuerUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: value(stack, 'Name'), issuerUrl });
  new ServiceAccountRole(stack, 'Controller', { cluster, subjects: [ServiceAccountSubject.exact('apps', 'controller')], controllerPolicies });
  const documents = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties.PolicyDocument);
  return (name) => documents.flatMap((document) => deployed(stack, document, { ...OREGON, parameters: parametersOf(name) }).Statement);
}

const list = <T>(items: T | T[]): T[] => [items].flat() as T[];

/** Requests about things with this name, which these statements allow and those about other names do not. */
function requestsAbout(name: string, statements: (name: string) => Statement[]): AccessCase[] {
  const [named, unrelated] = [statements(name), statements(UNRELATED)];
  const actions = [...new Set(named.flatMap(({ Action }) => list(Action)))];
  const calls = actions.flatMap((action) => {
    const about = named.filter(({ Action }) => list(Action).includes(action));
    return requestsOf(action, about, named, PLACE).map(({ resource, context }) => (
      { what: action, action, resource, context: { 'aws:PrincipalTag/team': 'red', ...context } }));
  });
  return calls.filter((call) => ours(caseOf(call, named, PLACE)).outcome === 'ALLOWED' && ours(caseOf(call, unrelated, PLACE)).outcome === 'DENIED')
    .map((call) => caseOf(call, [], PLACE));
}

/** The same requests about something that has a value for its name. */
const renamed = (one: AccessCase, value: string): AccessCase =>
  JSON.parse(JSON.stringify(one).replaceAll(NAMED, () => JSON.stringify(value).slice(1, -1)));

const documentOf = (statements: Statement[]) => [{ Version: '2012-10-17', Statement: statements }];
const shown = ({ action, resource, context }: AccessCase) => `${action} on ${resource} with ${JSON.stringify(context)}`;

test('there is an example for each class', () => {
  expect(Object.keys(OPEN_EXAMPLES).sort()).toEqual(Object.keys(EXAMPLES).sort());
});

describe.each(Object.keys(OPEN_EXAMPLES).filter((name) => name !== 'XRayPolicy'))('values of the deployment in %s', (name) => {
  const statements = statementsOf(OPEN_EXAMPLES[name]);
  const attempts = HOSTILE.flatMap(([value, meant]) => {
    const identityPolicies = documentOf(statements(value));
    return requestsAbout(meant, statements).map((one) => ({ value, one: { ...one, identityPolicies } }));
  });

  test('allow nothing that they do not name', () => {
    expect(new Set(attempts.map(({ value }) => value)).size).toBe(HOSTILE.length); // each value is tried
    expect(attempts.filter(({ one }) => ours(one).outcome === 'ALLOWED').map(({ value, one }) => `${value}: ${shown(one)}`)).toEqual([]);
  });

  test('allow what they name', () => {
    const requests = requestsAbout(NAMED, statements);
    const denied = HOSTILE.filter(([value]) => !value.includes('{')).flatMap(([value]) => { // IAM has no escape for braces
      const identityPolicies = documentOf(statements(value));
      return requests.map((one) => ({ ...renamed(one, value), identityPolicies })).filter((one) => ours(one).outcome !== 'ALLOWED');
    });
    expect(requests.length).toBeGreaterThan(0);
    expect(denied.map(shown)).toEqual([]);
  });

  test('are errors if they are dynamic references, because CloudFormation does not escape their values', () => {
    expect(() => statementsOf(DYNAMIC_EXAMPLES[name], dynamicReference)).toThrow(/cannot contain a secret or another dynamic reference|must be known before the deployment/);
  });

  describeWithPython('according to the evaluator of the local AWS', () => {
    test('allow nothing that they do not name', async () => {
      const verdicts = await judge(attempts.map(({ one }) => one));
      expect(verdicts.flatMap(({ decision, error }, i) => (decision === 'DENIED' ? [] : [`${attempts[i].value}: ${error ?? shown(attempts[i].one)}`]))).toEqual([]);
    });
  });
});
