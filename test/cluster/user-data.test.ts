import { Template } from 'aws-cdk-lib/assertions';
import { newCluster, newStack } from '../stacks';

/** What cloud-init gets of a nodegroup's user data; undefined where there is none. */
function userData(preBootstrapCommands?: string[]): string | undefined {
  const stack = newStack();
  newCluster(stack, { nodegroups: [{ preBootstrapCommands }] });
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::EC2::LaunchTemplate'));
  return Properties.LaunchTemplateData.UserData?.['Fn::Base64'];
}

test('each command is a part of its own, in order, under one shebang', () => {
  expect(userData(['date', '#!/bin/sh\necho "hi"\n'])).toBe([
    'Content-Type: multipart/mixed; boundary="==CDK-IRSA=="',
    'MIME-Version: 1.0',
    '',
    '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    '',
    '#!/bin/bash',
    'date',
    '--==CDK-IRSA==',
    'Content-Type: text/x-shellscript; charset="us-ascii"',
    '',
    '#!/bin/sh',
    'echo "hi"',
    '',
    '--==CDK-IRSA==--',
    '',
  ].join('\n'));
});

test.each([[undefined], [[]]])('without commands (%s) there is no user data: EKS writes its own', (commands) => {
  expect(userData(commands)).toBeUndefined();
});

test.each([
  ['', '"", but must be a command'],
  [' \n', '" \\n", but must be a command'],
  ['echo ä', '"echo ä", but must be in ASCII characters: write others as escapes of the shell, such as $\'\\u00e4\''],
  ['a\n--==CDK-IRSA==\nb', '"a\\n--==CDK-IRSA==\\nb", but must be a command without a line that starts with --==CDK-IRSA=='],
])('fails for the command %j', (command, message) => {
  expect(() => userData(['date', command])).toThrow(`Stack/Cluster/Nodegroup0: preBootstrapCommands[1] is ${message}`);
});
