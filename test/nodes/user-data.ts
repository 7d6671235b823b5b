import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { define } from './nodegroups';
import { deployed, OREGON, Place } from '../deployed';

/** The user data of a nodegroup that cloud-init or Bottlerocket receives, by values of the parameters; undefined if there is none. */
export function userDataFor(options: Parameters<typeof define>[0]): (parameters: Place['parameters']) => string | undefined {
  const { stack, template } = define(options, { clusterName: 'irsa-test', serviceIpv4Cidr: '10.100.0.0/16' });
  const [{ Properties }] = Object.values<any>(template.findResources('AWS::EC2::LaunchTemplate'));
  const [cluster] = Object.keys(template.findResources('AWS::EKS::Cluster'));
  const references = { [cluster]: `<${cluster}>` }; // given here, because looking them up in the template takes time
  return (parameters) => deployed(stack, Properties.LaunchTemplateData.UserData?.['Fn::Base64'], { ...OREGON, parameters: { ...references, ...parameters } });
}

export const userData = (options: Parameters<typeof define>[0]) => userDataFor(options)({});

/** The parts of a MIME message, as content type and decoded body. */
export function partsOf(message: string): [contentType: string, body: string][] {
  const [, boundary] = /^Content-Type: multipart\/mixed; boundary="([^"]+)"\nMIME-Version: 1.0\n\n/.exec(message)!;
  const [preamble, ...parts] = message.split(`--${boundary}`);
  expect([preamble.endsWith('\n\n'), parts.pop()]).toEqual([true, '--\n']);
  return parts.map((part) => {
    const [, contentType, body] = /^\nContent-Type: ([^\n]+)\nContent-Transfer-Encoding: base64\n\n([\w+/=\n]+)\n$/.exec(part)!;
    return [contentType, Buffer.from(body, 'base64').toString()];
  });
}

/** The scripts in user data of Amazon Linux 2023. */
export const scriptsOf = (message: string): string[] => bodiesOf(message, 'text/x-shellscript; charset="utf-8"');

/** The NodeConfigs in user data of Amazon Linux 2023. */
export const nodeConfigsOf = (message: string): any[] => bodiesOf(message, 'application/node.eks.aws').map((body) => JSON.parse(body));

const bodiesOf = (message: string, wanted: string) => partsOf(message).filter(([contentType]) => contentType === wanted).map(([, body]) => body);

export const machineImage = ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' });

export const TAINTS = [
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_SCHEDULE },
  { key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_EXECUTE },
  { key: 'slow', effect: eks.TaintEffect.PREFER_NO_SCHEDULE },
];
