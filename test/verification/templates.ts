import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';

type Json = { [key: string]: any };
export interface Templates { [name: string]: { Resources: Json; [section: string]: any } }

/** The templates of an app, to be changed and read again. */
export function templatesOf(app: App): Templates {
  const assembly = app.synth();
  return Object.fromEntries(assembly.stacks.map(({ stackName, templateFile }) => [stackName, JSON.parse(readFileSync(join(assembly.directory, templateFile), 'utf8'))]));
}

/** The same with a text replaced wherever it is, which must be somewhere. */
export function replaced(templates: Templates, from: string, to: string): Templates {
  const before = JSON.stringify(templates);
  const after = before.replaceAll(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1));
  expect(after === before).toBe(false);
  return JSON.parse(after);
}

/** The same without resources of a type whose properties contain a text. */
export function without(templates: Templates, type: string, text = ''): Templates {
  const copy: Templates = structuredClone(templates);
  const all = Object.values(copy).flatMap(({ Resources }) => Object.entries<Json>(Resources).map(([id, resource]) => ({ Resources, id, resource })));
  const found = all.filter(({ resource }) => resource.Type === type && JSON.stringify(resource).includes(text));
  expect(found).not.toEqual([]);
  found.forEach(({ Resources, id }) => delete Resources[id]);
  return copy;
}

/** The same with the properties of all resources of a type changed. */
export function changed(templates: Templates, type: string, change: (properties: Json, logicalId: string) => void): Templates {
  const copy: Templates = structuredClone(templates);
  const found = Object.values(copy).flatMap(({ Resources }) => Object.entries<Json>(Resources)).filter(([, { Type }]) => Type === type);
  expect(found).not.toEqual([]);
  found.forEach(([id, resource]) => change(resource.Properties, id));
  return copy;
}

/** A cluster, an identity provider, and a nodegroup whose pods do not reach the instance metadata; in one template with other resources. */
export const clusterTemplate = (resources: Json = {}, sections: Json = {}): { stack: { Resources: Json } } =>
  ({ stack: { ...sections, Resources: { ...CLUSTER, ...resources } } });

const NODE_ROLE = 'NodeRole';

const CLUSTER: Json = {
  Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod' } },
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
  Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'eks-pod-identity-agent' } },
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: { 'Fn::GetAtt': [NODE_ROLE, 'Arn'] }, AmiType: 'AL2023_x86_64_STANDARD' } },
  [NODE_ROLE]: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, allow(['sqs:ListQueues', 'eks-auth:AssumeRoleForPodIdentity'])),
};

/** A role with one statement of its trust policy, and statements of an inline policy. */
export function role(trust: Json | string, ...statements: Json[]): Json {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: typeof trust === 'string' ? trust : { Version: '2012-10-17', Statement: [trust].flat() },
      Policies: statements.length > 0 ? [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }] : [],
    },
  };
}

export function allow(action: string | string[], resource: unknown = '*', more: Json = {}): Json {
  return { Effect: 'Allow', Action: action, Resource: resource, ...more };
}

export const deny = (action: string | string[], resource: unknown = '*', more: Json = {}): Json => ({ ...allow(action, resource, more), Effect: 'Deny' });

/** The trust in the tokens of a service account. Its conditions have keys that only the deployment knows, so that the whole is a text. */
export const trustOf = (subject: string, { operator = 'StringEquals', audience = 'sts.amazonaws.com' as string | undefined } = {}): any => ({
  'Fn::Sub': [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: '${Provider}' },
        Condition: { [operator]: { '${Issuer}:sub': `system:serviceaccount:${subject}`, ...audience && { '${Issuer}:aud': audience } } },
      }],
    }),
    { Issuer: { 'Fn::Select': [1, { 'Fn::Split': ['https://', { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }] }] } },
  ],
});

/** A role for a service account. */
export const accountRole = (subject: string, ...statements: Json[]): Json => {
  const { Type, Properties } = role({}, ...statements);
  return { Type, Properties: { ...Properties, AssumeRolePolicyDocument: trustOf(subject) } };
};

export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** Kubernetes objects, as aws-cdk applies them. */
export const objects = (...documents: Json[]): Json => ({
  Type: 'Custom::AWSCDK-EKS-KubernetesResource',
  Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: { 'Fn::Sub': [`[${documents.map((document) => JSON.stringify(document)).join(',')}]`, {}] } },
});

/** A Kubernetes object with a value at a JSON pointer, which may be a dynamic reference. */
export const withValue = (document: Json, Path: string, Value: unknown): Json => ({
  Type: 'Custom::KubernetesObjects', Properties: { Cluster: arnOf('Cluster'), Objects: [{ Json: JSON.stringify(document), Values: [{ Path, Value }] }] },
});

/** A service account that is annotated with the role of a logical ID. */
export const account = (name: string, roleId?: string, namespace = 'default'): Json => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name, namespace, annotations: roleId === undefined ? {} : { 'eks.amazonaws.com/role-arn': `\${${roleId}.Arn}` } },
});

export const job = (name: string, serviceAccountName: string, spec: Json = {}): Json => ({
  apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'default' }, spec: { template: { spec: { serviceAccountName, ...spec } } },
});

export const association = (serviceAccount: string, roleId: string, more: Json = {}): Json => ({
  Type: 'AWS::EKS::PodIdentityAssociation',
  Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'default', ServiceAccount: serviceAccount, RoleArn: arnOf(roleId), ...more },
});

export const podIdentityTrust = (condition: Json = {}): Json => ({
  Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' }, Condition: condition,
});
