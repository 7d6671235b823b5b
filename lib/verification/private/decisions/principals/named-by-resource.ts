import { ExceptedNames } from './excepted-names';
import { AccessReason } from '../../../access-reason';
import { AssignedModel } from '../../assignments/assigned-model';
import { arnTexts } from '../../evaluation/arn';
import { maybeMissing, one, several } from '../../evaluation/context-values';
import { judge } from '../../evaluation/judge';
import { Match, no, yes } from '../../evaluation/match';
import { RequestContext } from '../../evaluation/request';
import { createsResource } from '../../evaluation/resource-policies';
import { Principal, Statement } from '../../policies/statement';
import { Question } from '../../questions/question';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { knownResource } from '../known-resource';

/**
 * The statements of the policy of a resource that allow, or might allow, an action to somebody who is neither a role or a user of the templates nor an AWS service: to other
 * accounts, to other users, or to everyone. What the policy allows to the account of the resource, the policies of this account have to pass on.
 *
 * @param excepted those who may be allowed it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function namedByResource({ action, resource, context }: Question, assigned: AssignedModel, excepted: ExceptedNames): AccessReason[] {
  const { side } = resource && !createsResource(action) ? knownResource(action, resource, assigned, []) : { side: undefined };
  if (!resource || side?.kind !== 'policies' || excepted.includeEveryone) {
    return [];
  }
  const kind = /^sts:/i.test(action) ? 'trust' : 'resource';
  const ofOthers = (statement: Statement) => namesOthers(statement, { account: side.account, assigned, excepted });
  return judge(side.policies, kind, { action, resource, context: contextOf(context) }, ofOthers)
    .filter(({ effect, truth }) => effect !== 'Deny' && truth !== 'no')
    .map(({ title, place, matches }) => ({ what: title(), place, because: matches.filter(({ truth }) => truth === 'unknown').map(({ why }) => ({ what: why })) }));
}

/** Of those who are not known, nothing but what the question tells. */
function contextOf(given: Question['context']): RequestContext {
  const known = new Map(Object.entries(given).map(([key, values]) => [key.toLowerCase(), values]));
  return {
    lookup(key) {
      const values = known.get(key.toString().toLowerCase()) ?? [];
      return values.length > 1 ? several(values) : values.length === 1 ? one(values[0]) : maybeMissing(key.toString());
    },
  };
}

/** Who is not somebody else. */
interface Known {
  readonly account: Text;
  readonly assigned: AssignedModel;
  readonly excepted: ExceptedNames;
}

function namesOthers(statement: Statement, known: Known): Match {
  const { principals } = statement;
  const others = !principals || principals.negated || principals.principals.some((principal) => isOther(principal, known));
  return others && !isLimited(statement, known) ? yes('it names others') : no('it names roles or users of the templates, services, or the account itself');
}

/** What Amazon CloudFront reads a bucket as. */
const OF_CLOUDFRONT = 'AWS::CloudFront::CloudFrontOriginAccessIdentity';

function isOther({ kind, name }: Principal, known: Known): boolean {
  switch (kind) {
    case 'Service':
    case 'Federated': return false; // only roles trust identity providers, and whoever they trust so is a principal
    case 'CanonicalUser': return !name.unknowns.some(({ resourceType }) => resourceType === OF_CLOUDFRONT);
    case 'AWS': return !/^arn:[\w-]+:iam::cloudfront:/.test(name.toString()) && !isOfAccount(name, known.account) && !isKnown(name, known);
  }
}

/** By its ID, or as its root. */
function isOfAccount(name: Text, account: Text): boolean {
  const [, , , , own, last] = arnTexts(name) ?? [];
  return equal(name, account) === 'yes' || (last?.literal === 'root' && equal(own, account) === 'yes');
}

/** Whether it is the ARN of a role or a user of the templates, who are principals of their own, or an exception. */
const isKnown = (name: Text, { assigned: { roles }, excepted }: Known): boolean => roles.hasArn(name) || excepted.include(name);

/** Whether a condition limits everyone to the account, to roles and users of the templates, or to exceptions. */
function isLimited({ conditions = [] }: Statement, known: Known): boolean {
  return conditions.filter(({ operator, values }) => values.length > 0 && /^(String|Arn)(Equals|Like)$/.test(operator.toString())).some(({ key, values }) => {
    const name = key.toString().toLowerCase();
    return name === 'aws:principalarn' ? values.every((value) => isKnown(value, known))
      : ['aws:principalaccount', 'kms:calleraccount'].includes(name) && values.every((value) => equal(value, known.account) === 'yes' || known.excepted.include(value));
  });
}
