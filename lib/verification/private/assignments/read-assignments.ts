import { Reading } from './assigned-model';
import { AccessAssumptions } from '../../access-assumptions';
import { Assembly } from '../assembly/assembly';
import { managedPolicy } from '../aws-data/managed-policies';
import { findChanges } from '../deployment/find-changes';
import { Findings } from '../findings/findings';
import { runsCode } from '../model/deployment/programs';
import { Model } from '../model/model';
import { readModel } from '../model/read-model';
import { hasOwnPolicy } from '../model/resources/resource-policies';
import { isSeparatePolicy } from '../model/resources/separate-policies';
import { isUnknownType } from '../model/resources/unknown-types';
import { unreadType } from '../model/resources/unread-types';
import { withContents } from '../model/unread-contents';
import { hasFormat } from '../resolution/arns';
import { assignmentsOf, RelevantProperties, WHOLE } from '../resolution/assignments-of';
import { Resolver } from '../resolution/resolver';
import { SharedValues } from '../resolution/shared-values';

/** Resources that are read for more than an ARN and a resource policy, and whose conditions can change who may do what. */
const RELEVANT = new RegExp(`^(${[
  'AWS::(IAM|EKS)::\\w+',
  'AWS::AutoScaling::(AutoScalingGroup|LaunchConfiguration)',
  'AWS::EC2::(EC2Fleet|Instance|LaunchTemplate|SpotFleet)',
  'AWS::CloudFormation::(Stack|CustomResource)',
  'AWS::Batch::ComputeEnvironment',
  'AWS::ApplicationInsights::Application',
  'Custom::.*',
].join('|')})$`);

/** Reads the templates under each assignment of their conditions. This takes most of the time of a proof. */
export function readAssignments(assembly: Assembly, assumptions: AccessAssumptions): Reading[] {
  const parameters = { parameters: { ...assumptions.parameters, ...assumptions.attributes } };
  const values = new SharedValues();
  return assignmentsOf(assembly, relevantIn(assembly), parameters, values).map((assignment) => {
    const resolver = new Resolver(assembly, assignment, parameters, values);
    return { assignment, resolver, model: readUnder(resolver, assumptions) };
  });
}

/** What the templates say under the assignment of a resolver, with findings about what can change their resources. */
export function readUnder(resolver: Resolver, { clusterIssuers }: Pick<AccessAssumptions, 'clusterIssuers'>): Model {
  const { assembly } = resolver;
  const model = readModel(assembly, resolver, managedPolicy, clusterIssuers);
  const findings = new Findings();
  findChanges(model, findings);
  return { ...model, findings: [...model.findings, ...withContents(findings.all, assembly)] };
}

function relevantIn({ templates }: Assembly): RelevantProperties {
  const types = new Set(templates.flatMap(({ body }) => Object.values(body.Resources).map(({ Type }) => Type)));
  return new Map([...types].map((type) => [type, relevantOf(type)]));
}

/** Of a resource with a policy that is not read, only the policy matters, unless the resource itself is read, too. */
function relevantOf(type: string): ReadonlyArray<readonly string[]> {
  const unread = unreadType(type);
  if (!unread) {
    const isRead = RELEVANT.test(type) || runsCode(type) || isUnknownType(type) || hasFormat(type) || hasOwnPolicy(type) || isSeparatePolicy(type);
    return isRead ? WHOLE : [];
  }
  return unread.of?.includes(type) ? WHOLE : unread.properties ?? WHOLE;
}
