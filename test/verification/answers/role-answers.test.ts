import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, objects, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
/** The answers, without how the pods get the credentials. */
const answers = (resources: object, action = LIST) => PodAccess.fromTemplates(clusterTemplate(resources)).pod({ serviceAccountName: 'app' }).decide(action).answers;
const summary = (all: verification.RoleAnswer[]) =>
  all.map(({ role: name, by, isDefault, credentials, outcome }) => [name, by, isDefault, credentials, outcome]);
/** The pods of the template cannot reach the instance metadata. */
const METADATA = ['NodeRole', 'instance metadata', false, 'DENIED', 'DENIED'];

describe('the answers of a decision', () => {
  test.each<[string, object, unknown[][]]>([
    ['tell that the annotated role allows it', { Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Role')) }, [['Role', 'IRSA', true, 'ALLOWED', 'ALLOWED'], METADATA]],
    ['tell that the annotated role does not allow it', { Role: accountRole('default:app'), Objects: objects(account('app', 'Role')) }, [['Role', 'IRSA', true, 'ALLOWED', 'DENIED'], METADATA]],
    ['tell that the annotated role does not trust the account', {
      Role: accountRole('default:other', allow(LIST)), Objects: objects(account('app', 'Role')),
    }, [['Role', 'IRSA', true, 'DENIED', 'DENIED'], METADATA]],
    ['tell that a role trusts the account, although it is not annotated with it', {
      Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app')),
    }, [['Role', 'the trust of the role alone', false, 'ALLOWED', 'ALLOWED'], ['NodeRole', 'instance metadata', true, 'DENIED', 'DENIED']]],
    ['tell that EKS Pod Identity gives the role', { Role: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Role') }, [['Role', 'EKS Pod Identity', true, 'ALLOWED', 'ALLOWED'], METADATA]],
    ['tell of a role that another role can assume', {
      Role: accountRole('default:app', allow('sts:AssumeRole', arnOf('Next'))),
      Next: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Role') } }, allow(LIST)),
      Objects: objects(account('app', 'Role')),
    }, [['Role', 'IRSA', true, 'ALLOWED', 'DENIED'], METADATA, ['Next', 'sts:AssumeRole from Role', false, 'ALLOWED', 'ALLOWED']]],
  ])('%s', (_, resources, expected) => {
    expect(summary(answers(resources))).toEqual(expected);
  });

  test('have an ARN for a role that is not in the templates, and do not know what it allows', () => {
    const arn = 'arn:aws:iam::111122223333:role/elsewhere';
    const annotated = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': arn } } };
    expect(summary(answers({ Objects: objects(annotated) }))).toEqual([[arn, 'IRSA', true, 'UNKNOWN', 'UNKNOWN'], METADATA]);
  });

  test('tell step by step how the pods get the credentials, with the place of each step', () => {
    const [{ how }] = answers({ Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Role')) });
    expect(how.map(({ what, place }) => [what.replace(/ arn:\S*/, ' <arn>'), place?.logicalId])).toEqual([
      ['service account default/app has the annotation eks.amazonaws.com/role-arn: <arn>', 'Objects'],
      ['identity provider Provider', 'Provider'],
      ['trust policy of role Role admits it', 'Role'],
    ]);
  });

  test('of nodes are those of their role', () => {
    const { answers: [answer, ...others] } = PodAccess.fromTemplates(clusterTemplate()).nodegroup({ nodegroupName: 'nodes' }).decide(LIST);
    expect(summary([answer])).toEqual([['NodeRole', 'node role', true, 'ALLOWED', 'ALLOWED']]);
    expect(others).toEqual([]);
  });
});
