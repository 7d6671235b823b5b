import { AccessCase, TrustCase } from './cases';
import { Context, Json } from './conditions';
import { decideAccess } from '../../../lib/verification/private/evaluation/decide-access';
import { decideTrust } from '../../../lib/verification/private/evaluation/decide-trust';
import { Decision } from '../../../lib/verification/private/evaluation/decision';
import { ContextValue, RequestContext } from '../../../lib/verification/private/evaluation/request';
import { Policy } from '../../../lib/verification/private/policies/policy';
import { fromJson } from '../../../lib/verification/private/values/from-json';
import { Text } from '../../../lib/verification/private/values/text';

/** Knows all keys of a request: what is not given is missing. */
class GivenContext implements RequestContext {
  private readonly values: Map<string, string | string[]>;

  constructor(context: Context) {
    this.values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  }

  public lookup(key: Text): ContextValue {
    const value = this.values.get(key.literal!.toLowerCase());
    return value === undefined ? { kind: 'missing' } : { kind: 'values', values: [value].flat().map(Text.of), multivalued: Array.isArray(value) };
  }
}

const policies = new WeakMap<Json, Policy>();

/** The policy of a document. Read once, because lib/verification keeps what it has parsed for each policy. */
function policyOf(document: Json): Policy {
  const policy = policies.get(document) ?? { name: 'policy', document: fromJson(document) };
  policies.set(document, policy);
  return policy;
}

/** What lib/verification says about a case in which all is known. */
export function ours(one: AccessCase | TrustCase): Decision {
  return one.kind === 'access' ? access(one) : trust(one);
}

function access(one: AccessCase): Decision {
  const { principal, identityPolicies, boundaries, sessionPolicies, resourcePolicy, resourceAccount, action, resource, context } = one;
  const [boundary] = (boundaries ?? []).map(policyOf);
  const [session] = (sessionPolicies ?? []).map(policyOf);
  return decideAccess({ roleArn: Text.of(principal.arn), account: Text.of(principal.account) }, {
    identity: identityPolicies.map(policyOf),
    boundary,
    session,
    resource: { kind: 'policies', account: Text.of(resourceAccount), policies: resourcePolicy ? [policyOf(resourcePolicy)] : [] },
  }, { action, resource: Text.of(resource), context: new GivenContext(context) });
}

function trust({ policy: document, action, principals, context }: TrustCase): Decision {
  const [[kind, name]] = Object.entries(principals);
  return decideTrust(policyOf(document), { kind: kind as 'Federated', names: [Text.of(name)] }, action, new GivenContext(context));
}
