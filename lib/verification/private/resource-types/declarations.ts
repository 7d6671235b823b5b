import { CLUSTERS } from './clusters';
import { COMPUTE } from './compute';
import { DATA_MOVERS } from './data-movers';
import { DATABASES } from './databases';
import { DEPLOYERS } from './deployers';
import { FAMILIES } from './families';
import { IDENTITY } from './identity';
import { INSTANCES } from './instances';
import { MANAGEMENT } from './management';
import { MESSAGING } from './messaging';
import { MODELS } from './models';
import { PROGRAMS } from './programs';
import { ResourceType } from './resource-type';
import { SECRETS } from './secrets';
import { STORAGE } from './storage';
import { UNREAD } from './unread-types';

/** The declarations of single types. */
export const DECLARED: ReadonlyArray<readonly [type: string, declared: ResourceType]> =
  [IDENTITY, CLUSTERS, STORAGE, MESSAGING, SECRETS, COMPUTE, INSTANCES, PROGRAMS, MODELS, DATABASES, DATA_MOVERS, DEPLOYERS, MANAGEMENT, UNREAD]
    .flatMap((types) => Object.entries(types));

const BY_TYPE: ReadonlyMap<string, ResourceType> = new Map(DECLARED);

/** What is known about a type of resources; undefined if nothing is. */
export const resourceType = (type: string): ResourceType | undefined => BY_TYPE.get(type) ?? FAMILIES.find(([types]) => types.test(type))?.[1];

/** The single types that declare something, with what they declare. */
export const typesWith = <Fact extends keyof ResourceType>(fact: Fact): Array<readonly [type: string, declared: NonNullable<ResourceType[Fact]>]> =>
  DECLARED.flatMap(([type, { [fact]: declared }]) => (declared === undefined ? [] : [[type, declared] as const]));
