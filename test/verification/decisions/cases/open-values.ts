import { decide, Question, shown } from './questions';
import { account, job, objects } from '../../templates';

/**
 * For each property on which an answer depends: with a value that does not change the answer, with one that does, and with one that only the deployment knows, which
 * must not count as the first.
 */
const PATTERN = '[a-zA-Z0-9.:/_-]+';
const SECTIONS = { Parameters: { Open: { Type: 'String', AllowedPattern: PATTERN }, Other: { Type: 'String', AllowedPattern: PATTERN } } };
export const OPEN = { Ref: 'Open' };
/** In the text of a manifest. */
export const OPEN_TEXT = '${Open}';
/** What can be in place of an object, or of a list. */
export const MACRO = { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://a/b' } } };

export const LIST = 's3:ListAllMyBuckets';
export const REACHABLE = 'UNKNOWN, by default DENIED';
export const of = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
export const ask = (resources: object, question: Question) => shown(decide(resources, question, SECTIONS));

export const PODS: Partial<Question> = { workload: { kind: 'Job', name: 'app' } };
export const pods = (spec: object = {}, annotations?: object, ...documents: object[]) => {
  const app = job('app', 'app', spec);
  return { Objects: objects(account('app'), { ...app, spec: { template: { ...app.spec.template, metadata: { annotations } } } }, ...documents) };
};
