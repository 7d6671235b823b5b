import { CodeStores } from './code-stores';
import { ContainerInstances } from './container-instances';
import { readDescribedPrograms } from './described-programs';
import { readFileServers } from './file-servers';
import { doesWhatEventsSay, handedToHandler, handlersElsewhere } from './handlers';
import { readInstances } from './instances';
import { readIssuers } from './issuers';
import { readNodeClassCode } from './node-class-code';
import { callersOf, openBy } from './open-programs';
import { buildsElsewhere, Pipeline, readPipelines, runs } from './pipelines';
import { filesOfProgram } from './program-files';
import { ProgramTexts } from './program-texts';
import { readConfigurations } from './read-configurations';
import { SharedCode } from './shared-code';
import { writesOfSources } from './sources';
import { readUserPoolTriggers } from './user-pool-triggers';
import { readWorkflows } from './workflows';
import { typesWith } from '../../resource-types/declarations';
import { ProgramType } from '../../resource-types/resource-type';
import { objectOf } from '../../values/json-text';
import { equal } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textOf, withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';
import { CodeWrite } from '../code/code-write';
import { writesOfLocation, writesTo } from '../code/code-writes';
import { FileSystems } from '../code/file-systems';
import { writesOfFiles } from '../code/written-files';
import { ApiCallers } from '../deliveries/api-callers';
import { programsOfApis } from '../deliveries/api-programs';
import { readForwardingPrograms } from '../deliveries/forwarding-programs';
import { readHandedEvents } from '../deliveries/handed-events';
import { handedBy } from '../deliveries/handed-input';
import { HandingOn } from '../deliveries/handing-on';
import { deliveriesOfMachines } from '../deliveries/machine-requests';
import { deliveriesOfRunbooks, readRunbooks } from '../deliveries/runbooks';
import { readWritingPrograms } from '../deliveries/writing-programs';
import { readReturned } from '../deployment/returned-values';
import { Delivery } from '../events';
import { KubernetesObject } from '../kubernetes-object';
import { InstanceProfiles } from '../nodes/instance-profiles';
import { FUNCTION, Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';
import { Takeover } from '../takeover';

/** The types of resources that run code with a role of their own. */
const PROGRAMS = new Map(typesWith('program'));

/**
 * What runs code with a role of its own or, as versions of functions, with that of another resource.
 *
 * @param named with the code that these name.
 * @param inCluster the requests that change what workloads run.
 */
export function readPrograms(
  resources: StackResources, stores: CodeStores, named: readonly Program[], inCluster: () => readonly CodeWrite[],
): Program[] {
  const withCopies = (code: readonly CodeWrite[]) => code.flatMap((write) => stores.writesOf(write));
  const all = named.map((program) => ({ ...program, code: withCopies(program.code) }));
  const code = () => [...all.flatMap((program) => program.code), ...withCopies(inCluster())];
  return [...all, ...readWritingPrograms(resources, new HandingOn(resources), code)];
}

/** The same, without what is copied to the places of their code. */
export function readNamedPrograms(resources: StackResources, objects: readonly KubernetesObject[]): Program[] {
  const texts = new ProgramTexts(resources);
  const shared = new SharedCode(resources, texts);
  const [profiles, files] = [new InstanceProfiles(resources), new FileSystems(resources)];
  const returned = readReturned(resources);
  const handlers = new Set([
    ...[...returned.values()].flatMap((one) => one.handlers), ...resources.ofType(FUNCTION).filter(doesWhatEventsSay).flatMap(({ arn }) => arn ?? []),
  ].map(({ key }) => key));
  const payloads = handlers.size === 0 ? [] : [...deliveriesOfMachines(resources), ...deliveriesOfRunbooks(resources)];
  const handing = new HandingOn(resources);
  const pipelines = readPipelines(resources, texts, handing);
  const [instances, callers] = [new ContainerInstances(resources), new ApiCallers(resources)];
  const sources = { profiles, pipelines, files, texts, shared, handing, handlers, payloads, instances, callers };
  const byTypes = new Map([...PROGRAMS.keys()].map((type) =>
    [type, resources.ofType(type).flatMap((resource) => programsOf(resource, resource, sources))]));
  const [programs, functions] = [[...byTypes.values()].flat(), byTypes.get(FUNCTION) ?? []];
  const versions = resources.ofType('AWS::Lambda::Version').flatMap((version) => {
    const name = textOf(version.property('FunctionName'));
    const own = resources.ofType(FUNCTION).find(({ ref, arn }) => name && [ref, arn].some((known) => known && equal(known, name) === 'yes'));
    return own ? programsOf(version, own, sources).map((program) => ({ ...program, takeovers: [], code: [] })) : [];
  });
  const asked = [...readUserPoolTriggers(resources, functions), ...readFileServers(resources, functions)];
  const workflows = readWorkflows(resources, texts, programs, handing);
  const ofInstances = [...readInstances(resources), ...readNodeClassCode(objects, resources), ...readIssuers(resources)];
  const ofParameters = [
    ...readHandedEvents(resources, handing), ...readRunbooks(resources, handing), ...readForwardingPrograms(resources, handing),
    ...programsOfApis(resources), ...readConfigurations(resources),
  ];
  const elsewhere = [
    ...buildsElsewhere(pipelines, resources), ...handlersElsewhere(returned, programs, payloads, resources), ...readDescribedPrograms(objects),
  ];
  return [programs, versions, shared.programs, asked, workflows, ofInstances, ofParameters, elsewhere].flat();
}

/** What programs refer to. */
interface Sources {
  readonly profiles: InstanceProfiles;
  readonly pipelines: readonly Pipeline[];
  readonly files: FileSystems;
  readonly texts: ProgramTexts;
  readonly shared: SharedCode;
  readonly handing: HandingOn;
  /** The ARNs of the functions that do what the properties of custom resources say. */
  readonly handlers: ReadonlySet<string>;
  /** What others send to functions as their whole event. */
  readonly payloads: readonly Delivery[];
  readonly instances: ContainerInstances;
  readonly callers: ApiCallers;
}

/** One for each role. @param own what has the role. */
function programsOf(resource: StackResource, own: StackResource, sources: Sources): Program[] {
  const { profiles, pipelines, files, texts, shared, handing, handlers, payloads, instances, callers } = sources;
  const type = PROGRAMS.get(own.type)!;
  const { roles, ownRole, instanceProfiles = [], code: named = [], scripts = [], startedBy = [], ...taken } = type;
  const textsOf = (paths: ProgramType['roles']) => paths.flatMap(([first, ...path]) => textsAt(own.property(first), path));
  const made = ownRole !== undefined && own.property(ownRole) !== undefined ? [unknownRole(own)] : [];
  const found = [...made, ...textsOf(roles), ...textsOf(instanceProfiles).map((profile) => profiles.roleOf(profile, own))];
  const ofPipelines = own.type === 'AWS::CodeBuild::Project' ? pipelines.filter((pipeline) => runs(pipeline, own)).flatMap((pipeline) => pipeline.code) : [];
  const [images, locations] = [textsOf(named).flatMap(placesIn), textsOf(scripts).flatMap(placesIn)];
  const inTexts = [...texts.writesOf(own), ...shared.writesFor(own)];
  const mounted = filesOfProgram(own, files).flatMap(writesOfFiles);
  const code = [...images.flatMap(writesTo), ...locations.flatMap(writesOfLocation), ...writesOfSources(own), ...ofPipelines, ...inTexts, ...mounted];
  const arns = [resource.arn ?? resource.attribute('Arn'), resource.ref];
  const opened = openBy(own, callers);
  const handed = handedBy(own, handing) ?? (arns.some(({ key }) => handlers.has(key)) ? handedToHandler(arns, startedBy, payloads) : undefined);
  const program = {
    arns,
    startedBy,
    takeovers: takeoversOf(taken),
    code: [...code, ...handed?.code ?? [], ...callersOf(own, callers)],
    ...handed?.fedBy && { fedBy: handed.fedBy },
    ...opened && { openBy: opened },
    place: resource.place(),
  };
  const withRoles: readonly Program[] = found.length === 0 ? [program] : found.map((roleArn) => ({ ...program, roleArn }));
  return [...withRoles, ...instances.programsOf(resource, withRoles[0])];
}

const unknownRole = ({ logicalId, ref }: StackResource): Text =>
  Text.unknown(new Unknown(`role of the function of ${ref.key}`, { label: `the role of the function of ${logicalId}` }));

/** Some properties have several places in one text. */
function placesIn(text: Text): Text[] {
  const { known, isComplete } = splitText(text, ',');
  return isComplete ? known.map((one) => (one.startsWith(' ') ? withoutPrefix(one, ' ') : one)) : [text];
}

const takeoversOf = ({ takenOverBy, takenOverElsewhere = [], takenOverByShell = [] }: Pick<ProgramType, 'takenOverBy' | 'takenOverElsewhere' | 'takenOverByShell'>): Takeover[] => [
  ...takenOverBy.map((action): Takeover => ({ action, isOfProgram: true })),
  ...takenOverElsewhere.map((action): Takeover => ({ action })),
  ...takenOverByShell.map((action): Takeover => ({ action, takesAgent: true })),
];

/** Also of a list of names with their values. */
const textsAt = (value: Resolved, [name, ...path]: readonly string[]): Text[] => listOf(value).flatMap((item) =>
  (name === undefined ? textOf(item) ?? []
    : [valueAt(objectOf(item), name), ...(isText(valueAt(item, 'Name'), name) === 'no' ? [] : [valueAt(item, 'Value')])].flatMap((inner) => textsAt(inner, path))));
