import { admin, decisionOf } from './code-apps';
import { job, objects } from '../templates';

const URL = 'https://raw.githubusercontent.com/acme/tools/main/tool';
const instance = (script: string) => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\n${script}\n` } } },
});
const pushing = objects(job('own', 'app', { containers: [{ name: 'main', image: 'bot', env: [{ name: 'GITHUB_TOKEN', value: 'x' }] }] }));

test.each<[string, string]>([
  [`curl -fsSLo /usr/bin/tool ${URL}`, 'UNKNOWN'],
  [`curl -o /usr/bin/tool ${URL} 2>/dev/null`, 'UNKNOWN'],
  [`curl -o /usr/bin/tool ${URL} > /dev/null 2>&1`, 'UNKNOWN'],
  [`curl -s ${URL} > /usr/bin/tool`, 'UNKNOWN'],
  [`curl -s ${URL} >"$HOME/tool"`, 'UNKNOWN'],
  [`curl -sL ${URL}.tar.gz | tar xz -C /opt`, 'UNKNOWN'],
  [`curl -sL ${URL} 2>/dev/null | sudo tee /usr/bin/tool`, 'UNKNOWN'],
  [`wget -qO- ${URL}.tar.gz | tar xz`, 'UNKNOWN'],
  [`wget -q ${URL}`, 'UNKNOWN'],
  [`wget -q -O - ${URL} > /usr/bin/tool`, 'UNKNOWN'],
  [`curl -s ${URL}`, 'DENIED'],
  [`curl -s ${URL} 2>&1`, 'DENIED'],
  [`curl -s ${URL} | jq .`, 'DENIED'],
  [`curl -s ${URL} >/dev/null`, 'DENIED'],
  [`curl -s -o /dev/null ${URL}`, 'DENIED'],
  [`wget -O /dev/null ${URL}`, 'DENIED'],
  [`wget -qO- ${URL}`, 'DENIED'],
  [`curl -s ${URL}.csv > /tmp/rates.csv`, 'DENIED'],
  ['curl -s https://example.com/tool > /usr/bin/tool', 'DENIED'],
])('whether %s writes code to a file: %s', (script, outcome) => {
  expect(decisionOf({ ...instance(script), Own: pushing }).outcome).toBe(outcome);
});
