import { verification } from '../../../../lib';
import { account, accountRole, clusterTemplate, objects } from '../../templates';

const { PodAccess } = verification;

export const ACCOUNT = '111122223333';
export const REGION = 'us-west-2';
/** The cluster of `clusterTemplate`. */
export const CLUSTER_ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/prod`;

/** What a case asks about the pods of service account `default/app`, or of another account or workload. */
export interface Question {
  readonly action: string;
  readonly resource?: string;
  readonly context?: { readonly [key: string]: string[] };
  readonly account?: string;
  readonly cluster?: string;
  readonly workload?: { readonly kind: string; readonly name: string };
  readonly node?: string;
  /** Of templates, and of `AWS::AccountId` and `AWS::Region`, which are known unless they are undefined here. */
  readonly parameters?: { readonly [name: string]: string | undefined };
  readonly resourcesWithoutPolicy?: string[];
  readonly undocumentedAction?: boolean;
  readonly noOtherCredentials?: boolean;
}

/** What holds, the resources besides a cluster, the outcome, and more about the question than the table asks everywhere. */
export type Case = [title: string, resources: object, outcome: string, question?: Partial<Question>];

/** Each with a question, because Jest would pass something else in its place. */
export const complete = (cases: Case[]): Array<Required<Case>> =>
  cases.map(([title, resources, outcome, question = {}]) => [title, resources, outcome, question]);

export const ALLOWED = 'ALLOWED';
export const DENIED = 'DENIED';
export const UNKNOWN = 'UNKNOWN';
/** Only with credentials that SDKs do not use by default. */
export const REACHABLE = 'ALLOWED, by default DENIED';

/** Decides about the resources of a template, besides a cluster with a nodegroup and an identity provider. */
export const decide = (resources: object, question: Question, sections: object = {}): verification.AccessDecision =>
  decideIn(clusterTemplate(resources, sections), question);

/** Decides about templates by the name of their stack. */
export function decideIn(templates: { [name: string]: object }, question: Question): verification.AccessDecision {
  const { action, resource, context, resourcesWithoutPolicy, undocumentedAction, noOtherCredentials } = question;
  const access = accessTo(templates, question).assume({ resourcesWithoutPolicy, noOtherCredentials });
  return principalIn(access, question).decide(action, { resource, context, undocumentedAction });
}

export function accessTo(templates: { [name: string]: object }, { parameters = {} }: Pick<Question, 'parameters'> = {}): verification.PodAccess {
  const known = Object.entries({ 'AWS::AccountId': ACCOUNT, 'AWS::Region': REGION, ...parameters }).filter(([, value]) => value !== undefined);
  return PodAccess.fromTemplates(templates).assume({ parameters: Object.fromEntries(known) as { [name: string]: string } });
}

function principalIn(
  access: verification.PodAccess, { account: serviceAccountName = 'app', cluster, workload, node }: Question,
): verification.PrincipalAccess {
  if (node !== undefined) {
    return access.nodegroup({ nodegroupName: node, cluster });
  }
  return workload ? access.workload({ cluster, ...workload }) : access.pod({ cluster, serviceAccountName });
}

/** The outcome with all credentials, and with those that SDKs use by default, if that is another. */
export const shown = ({ outcome, outcomeByDefault }: verification.AccessDecision): string =>
  (outcome === outcomeByDefault ? outcome : `${outcome}, by default ${outcomeByDefault}`);

/** A role that pods of account `app` get by default, with statements of its policy, and more properties. */
export function reader(statements: object[] = [], more: object = {}): { [logicalId: string]: any } {
  const role = accountRole('default:app', ...statements);
  return { Reader: { ...role, Properties: { RoleName: 'reader', ...role.Properties, ...more } }, Objects: objects(account('app', 'Reader')) };
}

export const READER_ARN = `arn:aws:iam::${ACCOUNT}:role/reader`;
