import { Values } from '../../outside';
import { allow, arnOf, role } from '../../templates';
import { LIST, trusted } from '../code-apps';

/** What a pod might do by resources of its own template, what it may request, and those of the resources that can be outside, with their values. */
export interface SetUp {
  readonly resources: { readonly [logicalId: string]: object };
  readonly statements: readonly object[];
  readonly outside: { readonly [logicalId: string]: Values };
}

export const PLACE = 'us-west-2:111122223333';
export const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
export const admin = (service: string) => role(trusted(service), allow(LIST));
export const named = (name: string): Values => ({ Ref: name, Arn: `arn:aws:iam::111122223333:role/${name}` });
export const profile = (name: string): Values => ({ Ref: name, Arn: `arn:aws:iam::111122223333:instance-profile/${name}` });
export const lambda = (name: string): Values => ({ Ref: name, Arn: `arn:aws:lambda:${PLACE}:function:${name}` });
export const bucket = (name: string): Values => ({ Ref: name, Arn: `arn:aws:s3:::${name}`, RegionalDomainName: `${name}.s3.us-west-2.amazonaws.com` });
export const queue = (name: string): Values => ({ Ref: `https://sqs.us-west-2.amazonaws.com/111122223333/${name}`, Arn: `arn:aws:sqs:${PLACE}:${name}` });
export const secret = (name: string): Values => ({ Ref: `arn:aws:secretsmanager:${PLACE}:secret:${name}-AbCdEf` });
export const BUCKET = resource('AWS::S3::Bucket');
export const QUEUE = resource('AWS::SQS::Queue');
export const inBucket = (id: string) => ({ 'Fn::Sub': `\${${id}.Arn}/*` });

export const machine = (...states: object[]) => {
  const written = JSON.stringify({ States: Object.fromEntries(states.map((state, i) => [`State${i}`, { Type: 'Task', ...state }])) });
  return resource('AWS::StepFunctions::StateMachine', {
    RoleArn: arnOf('Machine'), DefinitionString: { 'Fn::Sub': written.replace(/\{"Ref":"(\w+)"\}/g, '"${$1}"') },
  });
};
export const RUN = { Resource: 'arn:aws:states:::ecs:runTask', Parameters: { TaskDefinition: { Ref: 'Task' }, Overrides: { ContainerOverrides: [{ 'Command.$': '$.command' }] } } };
export const TASK = resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public.ecr.aws/docker/library/alpine:3' }] });
export const OF_TASK = { Ref: `arn:aws:ecs:${PLACE}:task-definition/report:1` };
export const reading = (name: string, Parameters: object) => ({ Resource: `arn:aws:states:::aws-sdk:${name}`, Parameters });
export const OF_MACHINE = { Machine: admin('states'), Admin: admin('ecs-tasks'), Task: TASK };
export const job = (id = 'Code') => ({
  Admin: admin('glue'), [id]: BUCKET, Job: resource('AWS::Glue::Job', { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': `s3://\${${id}}/job.py` } } }),
});
export const starting = (UserData: string, more: object = {}) => ({
  Admin: admin('ec2'),
  Profile: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Admin' }] }),
  It: resource('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': UserData } }, ...more }),
});
export const INSTANCE = { Profile: profile('legacy'), Admin: named('admin') };
export const cognito = (amr: string) => role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: 'cognito-identity.amazonaws.com' },
  Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': { Ref: 'Pool' } }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr } },
}, allow(LIST));
export const pool = (AllowUnauthenticatedIdentities: boolean) => ({
  Pool: resource('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities }),
  Roles: resource('AWS::Cognito::IdentityPoolRoleAttachment', {
    IdentityPoolId: { Ref: 'Pool' }, Roles: { authenticated: arnOf('User'), unauthenticated: arnOf('Guest') },
  }),
  User: cognito('authenticated'),
  Guest: cognito('unauthenticated'),
});
export const POOL = { Ref: 'us-west-2:11112222-3333-4444-5555-666677778888' };
