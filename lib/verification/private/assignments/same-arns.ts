import { Finding } from '../findings/finding';
import { nameOfPlace, stackOf } from '../findings/gap';
import { Model, Role } from '../model/model';
import { Resource, Tags } from '../model/resource';
import { Policy } from '../policies/policy';
import { Assignment, Choice } from '../resolution/assignment';
import { Interned, sameList } from '../values/interned';
import { valueKey } from '../values/resolved';
import { Text } from '../values/text';

/** A model, and the assignment that it is for. */
interface Variant { readonly assignment: Assignment; readonly model: Model }

/** A resource, and all that can make a difference to access. */
interface Claim { readonly name: string; readonly stack: string; readonly says: string }

/** Resources of the templates with one ARN that do not say the same. */
interface Rivals { readonly arn: Text; readonly claims: readonly Claim[] }

/**
 * The models in which each ARN is that of one resource. AWS has only one with a name, so that of several in the templates, a deployment creates one: which one, the
 * templates do not show. Those that say the same stay as they are.
 *
 * @param most how many models are not too many. Of an assignment with more, one is returned, for which nothing may be concluded.
 */
export function variantsOf(model: Model, assignment: Assignment, most: number): Variant[] {
  const all = rivalsIn(model);
  if (all.length === 0) {
    return [{ assignment, model }];
  }
  const found = { ...model, findings: [...model.findings, ...all.map(findingOn)] };
  const groups = [...byStacks(all).values()];
  const count = groups.reduce((product, [{ claims }]) => product * claims.length, 1);
  if (count > most) {
    const findings = [...found.findings, TOO_MANY];
    return [{ assignment: assignment.withFinding(TOO_MANY), model: { ...found, findings } }];
  }
  return groups.reduce<Variant[]>((variants, group) => variants.flatMap((variant) =>
    group[0].claims.map((_, created) => withOne(variant, group, created))), [{ assignment, model: found }]);
}

const TOO_MANY: Finding = {
  id: 'undecided-arns',
  message: 'Too many resources have an ARN that others have, too, so that every answer is unknown. Leave some of them out of the templates, or name them apart.',
};

/** What the templates say about each ARN that several resources have. */
function rivalsIn({ roles, users, resources }: Model): Rivals[] {
  const isHere = ({ isElsewhere }: Pick<Role, 'isElsewhere'>) => !isElsewhere;
  const [own, holders] = [resources.filter(isHere), [...roles, ...users].filter(isHere)];
  const keys = keysOfSeveral([...own, ...holders]);
  const claims = new Map<string, { readonly arn: Text; readonly byName: Map<string, Claim> }>();
  const add = ({ arn, place }: Placed, says: string) => {
    const known = claims.get(arn.key) ?? { arn, byName: new Map<string, Claim>() };
    claims.set(arn.key, known);
    known.byName.set(nameOf(place), { name: nameOfPlace(place), stack: stackOf(place), says });
  };
  own.filter(({ arn }) => keys.has(arn.key)).forEach((resource) => add(resource, saysOf(resource)));
  holders.filter(({ arn }) => keys.has(arn.key)).forEach((holder) => add(holder, saysOfHolder(holder)));
  return [...claims.values()].map(({ arn, byName }) => ({ arn, claims: [...byName.values()] }))
    .filter(({ claims: all }) => new Set(all.map(({ says }) => says)).size > 1);
}

type Placed = Pick<Role, 'arn' | 'place'>;

/** The keys of ARNs that several resources have, found once for all assignments of the conditions under which the ARNs are the same. */
function keysOfSeveral(all: readonly Placed[]): ReadonlySet<string> {
  const arns = sameList(all.map(({ arn }) => arn));
  return severalKeys.of([arns], () => {
    const names = new Map<string, Set<string>>();
    all.forEach(({ arn, place }) => names.set(arn.key, (names.get(arn.key) ?? new Set()).add(nameOf(place))));
    return new Set([...names].filter(([, { size }]) => size > 1).map(([key]) => key));
  });
}

const severalKeys = new Interned<ReadonlySet<string>>();

const nameOf = (place: Placed['place']): string => `${stackOf(place)}/${place.logicalId}`;

/** Whichever of some stacks is deployed, all of its resources are, so that these are no matter of their own. */
function byStacks(all: readonly Rivals[]): Map<string, [Rivals, ...Rivals[]]> {
  const groups = new Map<string, [Rivals, ...Rivals[]]>();
  for (const rivals of all) {
    const stacks = rivals.claims.map(({ stack }) => stack);
    const key = JSON.stringify(new Set(stacks).size === stacks.length ? stacks : [rivals.arn.key]);
    groups.set(key, [...groups.get(key) ?? [], rivals] as [Rivals, ...Rivals[]]);
  }
  return groups;
}

/** With the resources of one of several stacks, without those of the others that have their ARNs. */
function withOne({ assignment, model }: Variant, group: readonly Rivals[], created: number): Variant {
  const others = new Map(group.map(({ arn, claims }) => [arn.key, claims[created]]));
  const isCreated = ({ arn, place }: Placed) => {
    const claim = others.get(arn.key);
    return !claim || (claim.stack === stackOf(place) && claim.name === nameOfPlace(place));
  };
  return {
    assignment: assignment.choosing(choiceOf(group[0], created)),
    model: {
      ...model,
      roles: model.roles.filter(isCreated),
      omittedRoles: [...model.omittedRoles, ...model.roles.filter((role) => !isCreated(role))],
      users: model.users.filter((user) => user.isElsewhere || isCreated(user)),
      resources: model.resources.filter((resource) => resource.isElsewhere || isCreated(resource)),
    },
  };
}

function choiceOf({ arn, claims }: Rivals, created: number): Choice {
  const names = claims.map(({ name }) => name);
  return {
    label: `${names[created]} instead of ${names.filter((_, i) => i !== created).join(' and ')}`,
    settledBy: `which of ${names.join(' and ')} is deployed, because they share the ARN ${arn}: leave the others out of the templates, or name them apart`,
  };
}

const findingOn = ({ arn, claims }: Rivals): Finding => ({
  id: 'same-arn',
  message: `${claims.map(({ name }) => name).join(' and ')} share the ARN ${arn}, so that AWS has only one of them: leave the others out of the templates, or name them apart`,
});

const saysOfHolder = ({ account, trustPolicy, policies, boundary, tags }: Role): string =>
  JSON.stringify([account.key, saysOfPolicy(trustPolicy), policies.map(saysOfPolicy), boundary && saysOfPolicy(boundary), tags && saysOfTags(tags)]);

function saysOf({ type, account, policies, tags, encryptionKey, awsManagedKey, restrictsPublicPolicies, disablesAcls }: Resource): string {
  const ofOthers = [encryptionKey?.arn.key, awsManagedKey, restrictsPublicPolicies, disablesAcls];
  return JSON.stringify([type, account.key, policies.map(saysOfPolicy), tags && saysOfTags(tags), ...ofOthers]);
}

const saysOfPolicy = ({ arn, document, unknown, actions, unread }: Policy) => [arn?.key, valueKey(document), unknown, actions, valueKey(unread)];

const saysOfTags = (tags: Tags) =>
  [tags.mayHaveOthers, ...[tags, tags.possible ?? []].map((some) => [...some].map(([name, { key }]) => [name, key]).sort())];
