import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusal } from '../../private/errors';

/** The same at each synthesis, so that an unchanged nodegroup stays unchanged. */
const BOUNDARY = '==CDK-IRSA==';

/**
 * User data for Amazon Linux 2023: each command is a script of its own, run in order before the node joins the cluster.
 *
 * EKS merges it with its own part, for which it must be MIME multi-part. The parts stand in it as text: cloud-init reads no other
 * characters than ASCII there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function al2023UserData(preBootstrapCommands: string[]): ec2.UserData | undefined {
  if (preBootstrapCommands.length === 0) {
    return undefined;
  }
  const userData = new ec2.MultipartUserData({ partsSeparator: BOUNDARY });
  preBootstrapCommands.forEach((command, i) => userData.addPart(ec2.MultipartBody.fromRawBody({
    contentType: 'text/x-shellscript; charset="us-ascii"',
    body: script(`preBootstrapCommands[${i}]`, command),
  })));
  return userData;
}

function script(property: string, command: string): string {
  if (command.trim() === '') {
    throw refusal(property, command, 'a command');
  }
  if (/[^\0-\x7f]/.test(command)) {
    throw refusal(property, command, 'in ASCII characters', 'write others as escapes of the shell, such as $\'\\u00e4\'');
  }
  if (command.split('\n').some((line) => line.startsWith(`--${BOUNDARY}`))) {
    throw refusal(property, command, `a command without a line that starts with --${BOUNDARY}`, 'it ends a part of the user data');
  }
  return command.startsWith('#!') ? command : `#!/bin/bash\n${command}`;
}
