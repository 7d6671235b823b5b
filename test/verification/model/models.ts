import { App } from 'aws-cdk-lib';
import { Assembly } from '../../../lib/verification/private/assembly/assembly';
import { Model } from '../../../lib/verification/private/model/model';
import { readModel } from '../../../lib/verification/private/model/read-model';
import { Resolver } from '../../../lib/verification/private/resolution/resolver';
import { ClusterId } from '../../../lib/verification/private/values/cluster-id';
import { ResolvedMap } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';

type Resources = { readonly [logicalId: string]: { readonly Type: string; readonly [key: string]: unknown } };

/** The managed policies of AWS, as far as the tests of templates use them. */
const awsManaged = (arn: string) => (arn === 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'
  ? { document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] } }
  : { unknown: `${arn} is not known` });

/** Of a template that is called `stack`. */
export const modelOf = (Resources: Resources, more: object = {}) => modelOfTemplates({ stack: { Resources, ...more } });

export function modelOfTemplates(templates: { readonly [stackName: string]: object }): Model {
  const assembly = Assembly.fromTemplates(templates);
  return readModel(assembly, new Resolver(assembly), awsManaged);
}

/** With all managed policies of AWS. */
export function modelOfApp(app: App): Model {
  const assembly = Assembly.fromDirectory(app.synth().directory);
  return readModel(assembly, new Resolver(assembly));
}

/** Data of a model, with texts as `Fn::Sub` writes them. */
export function shown(value: unknown): any {
  if (value instanceof Text || value instanceof ClusterId) {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(shown);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const entries: ReadonlyArray<readonly [unknown, unknown]> = value instanceof ResolvedMap ? value.entries
    : value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [`${key}`, shown(item)]));
}

/** The findings with an ID, without their places. */
export const messages = ({ findings }: Model, id: string) => findings.filter((finding) => finding.id === id).map(({ message }) => message);

export const ALLOW_ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** A role with more properties. */
export const role = (properties: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }] }, ...properties },
});

export const CLUSTER = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod' } };

/** The resource of aws-cdk that applies objects. */
export const manifest = (...objects: object[]) =>
  ({ Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: JSON.stringify(objects) } });
