import { maybeMissing, MISSING, one, several, tagOf, unknownValue } from './context-values';
import { globalKey, globalKeyOf, OF_FORWARDED_REQUESTS } from './global-keys';
import { ContextValue, RequestContext } from './request';
import { accountOf } from './resource-policies';
import { ChainOptions, ServiceSource, SessionOptions } from './session-options';
import { nameIn, userArn } from './user-arn';
import { Tags } from '../model/resource';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

type Entry = readonly [Text, ContextValue];
/** What the request has under a key in lower case; undefined if the rule is about other keys. */
type Rule = (key: Text) => ContextValue | undefined;

/**
 * The condition keys of a request.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export class SessionContext implements RequestContext {
  /** A request of a session of a role, or of a user. */
  static ofRole(options: SessionOptions): SessionContext {
    return new SessionContext(entriesOfRole(options), [tagsOfPrincipal(options), tagsOfResource(options), globalKeys(options)]);
  }

  /**
   * `sts:AssumeRoleWithWebIdentity` with the token of a service account. The issuer has no `https://`.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
   */
  static webIdentity(issuer: Text, subject: Text, audience: Text): SessionContext {
    const claim = (name: string, value: Text): Entry => [Text.join([issuer, Text.of(name)], ':'), one(value)];
    const ofOthers = [Pattern.join([Pattern.exact(issuer.toLowerCase()), Pattern.glob(Text.of(':*'))]), ...OF_AWS];
    const otherIssuers: Rule = (key) => (ofOthers.every((pattern) => pattern.matches(key) === 'no') ? MISSING : undefined);
    const own = entries({ 'sts:RoleSessionName': unknownValue('sts:RoleSessionName'), 'sts:ExternalId': MISSING });
    return new SessionContext([...own, claim('sub', subject), claim('aud', audience)], [otherIssuers, requestTags(new Map()), ofLiteral(globalKey)]);
  }

  /**
   * `sts:AssumeRole` or `sts:TagSession` by a service. EKS Pod Identity makes all its tags transitive.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
   */
  static service({ account, arn, tags = new Map() }: ServiceSource): SessionContext {
    return new SessionContext(entries({
      'aws:PrincipalIsAWSService': one(Text.of('true')),
      'aws:SourceAccount': account ? one(account) : maybeMissing('aws:SourceAccount'),
      'aws:SourceArn': arn ? one(arn) : maybeMissing('aws:SourceArn'),
      'sts:ExternalId': MISSING,
      'sts:RoleSessionName': unknownValue('sts:RoleSessionName'),
      'sts:TransitiveTagKeys': tagKeys(tags),
    }), [requestTags(tags), ofLiteral(globalKey)]);
  }

  /**
   * `sts:AssumeRole` or `sts:TagSession` by a session of another role.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
   */
  static chained(caller: SessionOptions, { externalId, choosesTags }: ChainOptions): SessionContext {
    const own = entries({ 'sts:RoleSessionName': unknownValue('sts:RoleSessionName'), ...(externalId && { 'sts:ExternalId': one(externalId) }) });
    const transitive = caller.sessionTags ?? new Map<string, Text>();
    const ofRequest = (choosesTags ? chosenTags : requestTags)(transitive);
    const rules = [ofRequest, tagsOfPrincipal(caller), tagsOfResource(caller), globalKeys(caller)];
    return new SessionContext([...own, ...entriesOfRole(caller)], rules);
  }

  private readonly literals = new Map<string, ContextValue>();
  private readonly others: Entry[] = [];

  private constructor(all: readonly Entry[], private readonly rules: readonly Rule[]) {
    for (const [key, value] of all) {
      const { literal } = key;
      if (literal === undefined) {
        this.others.push([key.toLowerCase(), value]);
      } else {
        this.literals.set(literal.toLowerCase(), value);
      }
    }
  }

  lookup(key: Text): ContextValue {
    const lower = key.toLowerCase();
    const known = lower.literal === undefined ? undefined : this.literals.get(lower.literal);
    if (known) {
      return known;
    }
    const similar = this.others.map(([other, value]) => ({ other, value, truth: equal(other, lower) }));
    const found = similar.find(({ truth }) => truth === 'yes');
    if (found) {
      return found.value;
    }
    const possible = similar.find(({ truth }) => truth === 'unknown');
    if (possible) {
      return { kind: 'unknown', why: `${key} may be ${possible.other}` };
    }
    return this.rules.map((rule) => rule(lower)).find((value) => value !== undefined)
      ?? (lower.literal === undefined ? { kind: 'unknown', why: `${key} is known only at deployment` } : maybeMissing(key.toString()));
  }
}

const entries = (values: Readonly<Record<string, ContextValue>>): Entry[] => Object.entries(values).map(([key, value]) => [Text.of(key), value]);

const OF_AWS = ['aws:*', 'sts:*'].map((keys) => Pattern.glob(Text.of(keys)));

const ofLiteral = (rule: (key: string) => ContextValue | undefined): Rule => ({ literal }) => (literal === undefined ? undefined : rule(literal));

const globalKeys = ({ role: { roleArn } }: SessionOptions): Rule => ofLiteral(globalKeyOf(userArn(roleArn) ? 'user' : 'role'));

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable */
const SESSION_NAME = new Unknown('the name of a session', { label: 'aws:userid', excludes: '*?: "\\' });

/** What differs if a user starts a session with `sts:GetFederationToken`, under a name of its choice. */
const OF_FEDERATED_USERS = ['aws:PrincipalArn', 'aws:PrincipalType', 'aws:userid', 'aws:username'];

/** The keys of the role or the user, and of the resource, and the values that the caller states. The last entry of a key wins. */
function entriesOfRole({ role, federates, federatedProvider, resource, isForwarded = false, given = {} }: SessionOptions): Entry[] {
  const account = (resource?.arn && accountOf(resource.arn)) ?? resource?.account;
  const user = userArn(role.roleArn);
  const isOfService = isForwarded || Object.keys(given).some((key) => OF_FORWARDED_REQUESTS.includes(key.toLowerCase()));
  return [
    ...entries({
      'aws:PrincipalArn': one(user ?? role.roleArn),
      ...(user && { 'aws:username': one(nameIn(user)) }),
      ...(role.id && { 'aws:userid': one(Text.join([role.id, Text.of(':'), Text.unknown(SESSION_NAME)])) }),
      'aws:PrincipalAccount': one(role.account),
      'kms:CallerAccount': one(role.account),
      'aws:FederatedProvider': !federatedProvider ? MISSING : federatedProvider === 'unknown' ? maybeMissing('aws:FederatedProvider') : one(federatedProvider),
      ...(account && { 'aws:ResourceAccount': one(account) }),
      ...(resource?.region && { 'aws:RequestedRegion': one(resource.region) }),
    }),
    ...(federates ? OF_FEDERATED_USERS.map((key): Entry => [Text.of(key), maybeMissing(key)]) : []),
    ...(isOfService ? OF_FORWARDED_REQUESTS.map((key): Entry => [Text.of(key), maybeMissing(key)]) : []),
    ...Object.entries(given).map(([key, values = []]): Entry => [Text.of(key), asGiven(values)]),
  ];
}

const asGiven = (values: readonly Text[]): ContextValue => (values.length > 1 ? several(values) : values.length === 1 ? one(values[0]) : MISSING);

/** The tag that a key names, or undefined if the key is another. */
const tagKey = (prefix: string, key: string) => (key.startsWith(prefix) ? key.slice(prefix.length) : undefined);

const tagValue = (tag: Text | undefined): ContextValue => (tag ? one(tag) : MISSING);

/** Undefined if there may be a tag that is not known. */
function valueIn(tags: Tags, key: string, tag = tagOf(tags, key)): ContextValue | undefined {
  const possible = tags.possible && tagOf(tags.possible, key);
  return !tag && possible ? maybeMissing(`the tag ${key}`, possible)
    : tag || !tags.mayHaveOthers ? tagValue(tag) : undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
const tagsOfPrincipal = ({ roleTags, sessionTags = new Map<string, Text>(), hasChosenTags }: SessionOptions): Rule => ofLiteral((key) => {
  const tag = tagKey('aws:principaltag/', key);
  const ofSession = tag === undefined ? undefined : tagOf(sessionTags, tag);
  return tag === undefined || (hasChosenTags && !ofSession) ? undefined : valueIn(roleTags, tag, ofSession);
});

const tagsOfResource = ({ resource }: SessionOptions): Rule => ofLiteral((key) => {
  const tag = tagKey('aws:resourcetag/', key);
  return tag === undefined || !resource?.tags ? undefined : valueIn(resource.tags, tag);
});

/** The session tags of a request that assumes a role. */
const requestTags = (tags: ReadonlyMap<string, Text>): Rule => ofLiteral((key) => {
  const tag = tagKey('aws:requesttag/', key);
  return tag === undefined ? (key === 'aws:tagkeys' ? tagKeys(tags) : undefined) : tagValue(tagOf(tags, tag));
});

/** The same if the session adds tags. It cannot change transitive ones. */
const chosenTags = (transitive: ReadonlyMap<string, Text>): Rule => ofLiteral((key) => {
  const tag = tagKey('aws:requesttag/', key);
  const value = tag === undefined ? undefined : tagOf(transitive, tag);
  return value && one(value);
});

const tagKeys = (tags: ReadonlyMap<string, Text>): ContextValue => (tags.size === 0 ? MISSING : several([...tags.keys()].map((key) => Text.of(key))));
