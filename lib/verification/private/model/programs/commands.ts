import { launchedIn } from './instances';
import { AccessPlace } from '../../../access-reason';
import { isIn } from '../../findings/gap';
import { mayTrustService } from '../../policies/may-trust';
import { distinct } from '../../values/distinct';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { Actor } from '../actor';
import { scriptsIn } from '../code/commands';
import { NAMES_REQUESTS, requestsIn } from '../code/named-requests';
import { resourcesWithScripts } from '../code/resources-with-scripts';
import { KubernetesObject } from '../kubernetes-object';
import { Association, Role, ServiceAccount } from '../model';
import { isOfNoProfile } from '../nodes/instance-profiles';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** What tells with which roles commands run. */
interface Sources {
  readonly roles: readonly Role[];
  readonly programs: readonly Program[];
  readonly serviceAccounts: readonly ServiceAccount[];
  readonly associations: readonly Association[];
}

/** A script with it uses other credentials than those of what runs it. */
const OTHER_CREDENTIALS = /assume[-_]?role|--profile\b|AWS_(ACCESS_KEY_ID|PROFILE|ROLE_ARN)|\bcredentials\b|\beksctl\b/i;

/**
 * The requests that scripts name, wherever the templates have them: whatever runs a script makes these, as it starts or later.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-about.html
 */
export const readCommands = (resources: StackResources, objects: readonly KubernetesObject[], sources: Sources): Actor[] => [
  ...resourcesWithScripts(resources, NAMES_REQUESTS).flatMap(({ resource, scripts }) =>
    actorsOf(`${resource.logicalId}, of type ${resource.type}`, resource.place(), scripts, () => rolesOf(resource, resources, sources))),
  ...objects.filter((object) => scriptsOf(object).length > 0).flatMap((object) =>
    actorsOf(`the ${object.kind} ${object.name ?? 'without a name'}`, object.place, scriptsOf(object), () => rolesOfPods(object, sources))),
];

const scriptsOf = (object: KubernetesObject): readonly string[] => ofObjects.of([object], () =>
  (textsIn(object.at()).some((text) => NAMES_REQUESTS.test(`${text}`)) ? scriptsIn(object.at()) : []));

/** By object, so that none is looked through again for each outcome of the conditions. */
const ofObjects = new Interned<readonly string[]>();

/** One for each role, of which none is known if the script may use another. */
function actorsOf(what: string, place: AccessPlace, scripts: readonly string[], roles: () => readonly Text[] | undefined): Actor[] {
  const actions = [...new Set(scripts.flatMap(requestsIn))];
  const actor = { id: 'custom-resource', what: `the commands of ${what},`, areSeveral: true, actions, place } as const;
  const known = actions.length === 0 ? [] : scripts.some((script) => OTHER_CREDENTIALS.test(script)) ? undefined : roles();
  return known ? known.map((roleArn) => ({ ...actor, roleArn })) : [actor];
}

/** Undefined if the templates do not show them. An instance without a profile has none. What runs on instances may run on any of the templates. */
function rolesOf(resource: StackResource, resources: StackResources, { programs, roles }: Sources): Text[] | undefined {
  const own = programs.filter(({ onInstances, place }) => !onInstances && isIn(place, resource.place()));
  const services = own.flatMap((one) => one.services ?? []);
  const launched = launchedIn(resources).filter((one) => services.includes('ec2') || one.resource === resource || one.launch === resource);
  const ofServices = services.flatMap((service) => roles.filter((role) => mayBeOf(service, role)));
  const all = [...launched, ...own.filter(({ arns }) => arns.length > 0)].map(({ roleArn }) => roleArn).concat(ofServices.map(({ arn }) => arn));
  const known = all.filter((role) => role !== undefined);
  return known.length === 0 || known.length < all.length ? undefined : distinct(known.filter((role) => !isOfNoProfile(role)));
}

/** Whether a service may act with a role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
const mayBeOf = (service: string, { trustPolicy }: Role): boolean =>
  ['amazonaws.com', 'amazonaws.com.cn'].some((suffix) => mayTrustService(trustPolicy, Text.of(`${service}.${suffix}`)));

/** Undefined if their service accounts have none that the templates show: they may have that of their node. */
function rolesOfPods(object: KubernetesObject, { serviceAccounts, associations }: Sources): Text[] | undefined {
  const roles = podTemplates(object).map(({ at, namespace = object.namespace }) => {
    const isOwn = (one: Pick<ServiceAccount, 'cluster' | 'namespace' | 'name'>) => one.cluster.is(object.cluster) === 'yes'
      && equal(one.namespace, namespace) === 'yes' && equal(one.name, serviceAccountOf(at)) === 'yes';
    const associated = associations.filter((one) => isOwn({ ...one, name: one.serviceAccount }));
    const annotated = serviceAccounts.filter(isOwn).flatMap(({ roleArn }) => roleArn ?? []);
    return [...annotated, ...associated.map(({ roleArn, targetRoleArn }) => targetRoleArn ?? roleArn)];
  });
  return roles.length === 0 || roles.some((some) => some.length === 0) ? undefined : distinct(roles.flat());
}
