import { verification } from '../../../lib';
import { mergedLines } from '../../../lib/verification/private/answers/alike';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const { PodAccess } = verification;
const NINE = Array.from({ length: 9 }, (_, i) => i);
const EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

/** Nine nodegroups with launch templates that are not read, each with a role of its own. */
const nodegroups = (...statements: object[]) => Object.fromEntries(NINE.flatMap((i): Array<[string, object]> => [
  [`NodeRole${i}`, role(EC2, ...statements)],
  [`Group${i}`, {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodegroupName: `group${i}`,
      NodeRole: { 'Fn::GetAtt': [`NodeRole${i}`, 'Arn'] },
      AmiType: 'AL2023_x86_64_STANDARD',
      LaunchTemplate: { Id: `lt-${i}`, Version: '1' },
    },
  }],
]));
const explanation = (resources: object) => {
  const access = PodAccess.fromTemplates(clusterTemplate({ Role: accountRole('default:app'), Objects: objects(account('app', 'Role')), ...resources }));
  return `${access.pod({ serviceAccountName: 'app' }).decide('sqs:ListQueues')}`;
};
const names = (prefix: string, indexes = NINE) => indexes.map((i) => `${prefix}${i}`).join(', ');

test('an explanation shows once what is the same about nine nodegroups, with the names of all', () => {
  expect(explanation(nodegroups(allow('sqs:ListQueues')))).toBe(`\
UNKNOWN: whether pods of service account default/app are allowed sqs:ListQueues
  UNKNOWN with each of the roles ${names('NodeRole')}, by instance metadata; with role NodeRole0:
    pods might reach the instance metadata of nodegroup Group0: launch template lt-0 is not in the templates
      at stack: Group0
    trust policy of role NodeRole0 admits it
      Allow sts:AssumeRole to ec2.amazonaws.com in trust policy
        at stack: NodeRole0.Properties.AssumeRolePolicyDocument.Statement[0]
    policies of role NodeRole0 allow it
      Allow sqs:ListQueues on * in inline policy "own"
        at stack: NodeRole0.Properties.Policies[0].PolicyDocument.Statement[0]
  DENIED with role Role, by IRSA: its policies do not allow it
  DENIED with role NodeRole, by instance metadata: pods do not reach the instance metadata of nodegroup Nodes: there is no launch template, and the default hop limit of AL2023_x86_64_STANDARD is 1 with IMDSv2
It depends on what the templates do not show (see PodAccess.assume and PodSelection):
  - whether pods reach the instance metadata of nodegroup ${names('Group')}
Not considered: service and resource control policies, VPC endpoint policies, requests without credentials, RBAC outside the templates, who else can create pods, what programs do with the data that they get, and what other templates create.`);
});

test('what differs in an action or a statement is shown for each', () => {
  const resources = { ...nodegroups(allow('sqs:ListQueues')), NodeRole4: role(EC2, allow('sqs:*')) };
  const titles = explanation(resources).split('\n').filter((line) => /^ {2}UNKNOWN/.test(line));
  expect(titles).toEqual([
    `  UNKNOWN with each of the roles ${names('NodeRole', NINE.filter((i) => i !== 4))}, by instance metadata; with role NodeRole0:`,
    '  UNKNOWN with role NodeRole4, by instance metadata',
  ]);
});

test.each<[string, string[], string[]]>([
  ['in one name', ['whether Group1: it', 'whether Group2: it', 'whether Group3: it'], ['whether Group1, Group2, Group3: it']],
  ['in two names', ['A1 and B1', 'A2 and B2'], ['A1 and B1', 'A2 and B2']],
  ['in another name than before', ['A1 and B1', 'A2 and B1', 'A1 and B2'], ['A1, A2 and B1', 'A1 and B2']],
  ['in a word', ['it is open', 'it is closed'], ['it is open', 'it is closed']],
  ['in a number', ['a limit of 1', 'a limit of 2'], ['a limit of 1', 'a limit of 2']],
  ['in an action', ['may request s3:GetObject', 'may request s3:PutObject'], ['may request s3:GetObject', 'may request s3:PutObject']],
  ['in an ARN', ['the policy of arn:aws:s3:::a', 'the policy of arn:aws:s3:::b'], ['the policy of arn:aws:s3:::a', 'the policy of arn:aws:s3:::b']],
])('lines that differ %s', (_, lines, expected) => {
  expect(mergedLines(lines)).toEqual(expected);
});
