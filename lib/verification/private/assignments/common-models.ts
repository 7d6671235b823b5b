import { AssignedModel } from './assigned-model';
import { Role } from '../model/model';
import { Interned, sameList } from '../values/interned';

/** Why something cannot be found in what several models have in common: it depends on what differs. */
export class Differs extends Error {}

function differ(): never {
  throw new Differs('this differs between assignments of the conditions, so that each of them has to be asked');
}

/**
 * What models have in common that differ in policies only: the permissions of some roles, and policies of resources that allow nobody anything. Whoever asks for these
 * gets an error, so that what is found without one is the same in each of the models.
 */
export class CommonModel {
  readonly assigned: AssignedModel;
  private readonly differing: ReadonlySet<Role>;

  constructor(models: readonly [AssignedModel, ...AssignedModel[]]) {
    const [first] = models;
    const roles = first.model.roles.map((role, i) => (models.every(({ model }) => model.roles[i] === role) ? role : withoutPermissions(role)));
    this.differing = new Set(roles.filter((role, i) => role !== first.model.roles[i]));
    this.assigned = first.withModel({
      ...first.model,
      roles,
      get resources() { return differ(); },
      get omittedRoles() { return differ(); },
      get actors() { return differ(); },
      get findings() { return differ(); },
    });
  }

  /** Whether the permissions of a role are not the same in each of the models. */
  differs(role: Role): boolean {
    return this.differing.has(role);
  }
}

const withoutPermissions = (role: Role): Role => ({ ...role, get policies() { return differ(); }, get boundary() { return differ(); } });

/** For each model that has something in common with others, what this is. */
export function commonModels(all: readonly AssignedModel[]): ReadonlyMap<AssignedModel, CommonModel> {
  const alike = new Interned<AssignedModel[]>();
  const groups = new Set(all.map((assigned) => {
    const group = alike.of(sharedParts(assigned), () => []);
    group.push(assigned);
    return group;
  }));
  return new Map([...groups].flatMap(([first, ...others]) => {
    const common = first && others.length > 0 ? new CommonModel([first, ...others]) : undefined;
    return common ? [first, ...others].map((assigned) => [assigned, common] as const) : [];
  }));
}

/** All parts of a model but those that may differ, each as one object wherever it is the same. */
function sharedParts({ model, roles: { granting, arns } }: AssignedModel): readonly [object, ...object[]] {
  const { roles, stacks, resources: _resources, omittedRoles: _omitted, actors: _actors, ...rest } = model;
  const { findings: _findings, ...others } = rest;
  const ofRoles = roles.flatMap(({ trustPolicy, tags }) => [trustPolicy, tags]);
  const parts: readonly object[] = [ofRoles, [...stacks.values()], ...Object.values(others)];
  return [granting, arns, ...parts.map((part) => (isList(part) ? sameList(part) : part))];
}

const isList = (part: object): part is readonly object[] => Array.isArray(part);
