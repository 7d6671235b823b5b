import { decisionIn, decisionOf, ofInstance, task } from './code-apps';
import { allow, arnOf } from '../templates';

const writes = (name: string, action = 'ssm:PutParameter') => allow(action, `arn:aws:ssm:us-west-2:111122223333:parameter/${name}`);
const puts = (name: string) => allow('secretsmanager:PutSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}`);
const launched = (ImageId: unknown, more: object = {}) => ofInstance({}, {
  Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { ImageId, IamInstanceProfile: { Arn: arnOf('Profile') }, ...more } },
});
const booted = (UserData: string) => launched('ami-1', { UserData: { 'Fn::Base64': UserData } });

test.each<[string, object, object, string]>([
  ['the parameter with the image of a task', task('{{resolve:ssm:/app/image}}'), writes('app/*'), 'UNKNOWN'],
  ['another parameter', task('{{resolve:ssm:/app/image}}'), writes('other'), 'DENIED'],
  ['the parameter of which a task has one version', task('{{resolve:ssm:/app/image:3}}'), writes('app/*'), 'DENIED'],
  ['the parameter with the tag of an image', task('111122223333.dkr.ecr.us-west-2.amazonaws.com/app:{{resolve:ssm:/app/tag}}'), writes('app/tag'), 'UNKNOWN'],
  ['the secret with the image of a task', task('{{resolve:secretsmanager:images:SecretString:app}}'), puts('images-abcdef'), 'UNKNOWN'],
  ['the secret with the image of a task, by the Parameter Store', task('{{resolve:ssm:/aws/reference/secretsmanager/images}}'), puts('images-abcdef'), 'UNKNOWN'],
  ['the secret with the image of a task, by a partial ARN', task('{{resolve:secretsmanager:arn:aws:secretsmanager:us-west-2:111122223333:secret:images:SecretString:app}}'), puts('images-abcdef'), 'UNKNOWN'],
  ['another secret', task('{{resolve:secretsmanager:images:SecretString:app}}'), puts('others-abcdef'), 'DENIED'],
  ['the parameter with the image of a launch template', launched('{{resolve:ssm:/golden/ami}}'), writes('golden/ami'), 'UNKNOWN'],
  ['the parameter of AWS with the image of a launch template', launched('{{resolve:ssm:/aws/service/ami}}'), allow('ssm:PutParameter'), 'DENIED'],
  ['the parameter with a part of user data', booted('run {{resolve:ssm:/boot/command}}'), writes('boot/command'), 'UNKNOWN'],
])('a pod that can write %s might decide what the next deployment runs, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test.each<[string, string, (image: unknown) => object, string, string]>([
  ['the image of a task', 'String', task, '/app/image', 'UNKNOWN'],
  ['the image of a launch template', 'AWS::EC2::Image::Id', launched, '/app/image', 'UNKNOWN'],
  ['an image of AWS', 'AWS::EC2::Image::Id', launched, '/aws/service/ami-amazon-linux-latest/al2023', 'DENIED'],
])('a pod that can write the value of a parameter of the stack with %s might decide what the next deployment runs, or not', (_, type, uses, Default, outcome) => {
  const sections = { Parameters: { Image: { Type: `AWS::SSM::Parameter::Value<${type}>`, Default } } };
  expect(decisionIn(sections, uses({ Ref: 'Image' }), allow('ssm:PutParameter')).outcome).toBe(outcome);
});

const CODE = 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/scripts';
const pushes = (name = 'scripts') => allow('codecommit:GitPush', `arn:aws:codecommit:us-west-2:111122223333:${name}`);

test.each<[string, string, object, string]>([
  ['clones', `git clone ${CODE} && sh scripts/x.sh`, pushes(), 'UNKNOWN'],
  ['clones with SSH', 'git clone ssh://KEYID@git-codecommit.us-west-2.amazonaws.com/v1/repos/scripts && sh scripts/x.sh', pushes(), 'UNKNOWN'],
  ['clones with git-remote-codecommit', 'git clone codecommit::us-west-2://scripts && sh scripts/x.sh', pushes(), 'UNKNOWN'],
  ['clones with a profile', 'git clone codecommit://ci@scripts && sh scripts/x.sh', pushes(), 'UNKNOWN'],
  ['reads a file of', 'aws codecommit get-file --repository-name scripts --file-path x.sh --query fileContent --output text | base64 -d | sh', pushes(), 'UNKNOWN'],
  ['clones, while the pod pushes to another one,', `git clone ${CODE} && sh scripts/x.sh`, pushes('others'), 'DENIED'],
  ['describes as one of Amazon ECR, but does not read,', 'aws ecr describe-images --repository-name scripts && sh x.sh', pushes(), 'DENIED'],
])('a pod that pushes to a repository outside the templates that a script %s might do what the role of an instance may do, or not', (_, script, statement, outcome) => {
  expect(decisionOf(booted(`#!/bin/bash\n${script}`), statement).outcome).toBe(outcome);
});
