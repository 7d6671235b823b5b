import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, isText, textOf } from '../../values/text-parts';
import { Launch, Launches } from '../nodes/launches';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const TASK = 'AWS::ECS::TaskDefinition';
const JOB = 'AWS::Batch::JobDefinition';

/** Where tasks run that do not run on instances of Amazon EC2. */
const ELSEWHERE = ['FARGATE', 'EXTERNAL'];

/** How a launch keeps tasks with a network interface of their own from the instance metadata. */
const BLOCKED = /^[^#\n]{0,200}ECS_AWSVPC_BLOCK_IMDS=["']?true/im;

/** Instances that a template describes, with their user data. */
interface Launched extends Launch { readonly userData: readonly Text[] }

/**
 * The instances on which tasks of Amazon ECS and jobs of AWS Batch run, and whose role they get from the instance metadata, with or without a role of their own.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ec2-security-considerations.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/instance_IAM_role.html
 */
export class ContainerInstances {
  readonly #launched: readonly Launched[];

  constructor(private readonly resources: StackResources) {
    const launches = new Launches(resources);
    const groups = resources.ofType(TASK, JOB).length > 0 ? resources.ofType(...SELF_MANAGED) : [];
    this.#launched = groups.flatMap((group) => launches.of(group).map((launch) =>
      ({ ...launch, userData: userDataOf(group, ...(launch.resource ? [launch.resource] : [])) })));
  }

  /** What a task or a job runs with the role of its instances. */
  programsOf(definition: StackResource, own: Program): Program[] {
    const program = { ...own, services: ['ec2'], onInstances: { except: this.keepingAway(definition), agentRoleArn: own.roleArn }, roleArn: undefined };
    if (definition.type === JOB) {
      return isElsewhere(definition.property('PlatformCapabilities')) || definition.property('EksProperties') !== undefined ? [] : [program];
    }
    return definition.type !== TASK ? []
      : isElsewhere(definition.property('RequiresCompatibilities')) && !this.startsOnInstances(definition)
        ? [{ ...program, code: [], takeovers: own.takeovers.filter(({ isOfProgram }) => isOfProgram) }] // who starts the task decides where it runs
        : [program];
  }

  /** A task for AWS Fargate can also run on instances. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html */
  private startsOnInstances(task: StackResource): boolean {
    const services = this.resources.ofType('AWS::ECS::Service').filter((service) => textOf(service.property('TaskDefinition'))?.key === task.ref.key);
    return services.some((service) => {
      const providers = listOf(service.property('CapacityProviderStrategy')).map((one) => valueAt(one, 'CapacityProvider'));
      const isOf = (type: Resolved) => ELSEWHERE.some((one) => isText(type, one) === 'yes' || isText(type, `${one}_SPOT`) === 'yes');
      return !isOf(service.property('LaunchType')) && !(providers.length > 0 && providers.every(isOf));
    });
  }

  /** The roles of instances which all keep the containers from the instance metadata. */
  private keepingAway(definition: StackResource): Text[] {
    const mayReach = new Set(this.#launched.filter((launch) => !keepsAway(launch, definition)).map(({ roleArn }) => roleArn.key));
    return this.#launched.map(({ roleArn }) => roleArn).filter(({ key }) => !mayReach.has(key));
  }
}

function isElsewhere(where: Resolved): boolean {
  const types = listOf(where);
  return types.length > 0 && types.every((one) => ELSEWHERE.some((type) => isText(one, type) === 'yes'));
}

const userDataOf = (...resources: readonly StackResource[]): Text[] =>
  resources.flatMap((resource) => [resource.decoded('UserData'), resource.decoded('LaunchTemplateData', 'UserData')]).flatMap((text) => text ?? []);

/**
 * Jobs have the network of their instance. Tasks with a bridge are one hop further away than the instance, and those with a network interface of their own are not.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
 */
function keepsAway({ metadata, userData }: Launched, definition: StackResource): boolean {
  if (metadata.hostNetworkReachesMetadata === 'no' || definition.type === JOB || takesOverInstance(definition)) {
    return metadata.hostNetworkReachesMetadata === 'no';
  }
  const mode = definition.property('NetworkMode');
  const hasBridge = mode === undefined || ['bridge', 'default'].some((one) => isText(mode, one) === 'yes');
  return hasBridge ? metadata.podsReachMetadata === 'no' : isText(mode, 'awsvpc') === 'yes' && userData.some((text) => BLOCKED.test(`${text}`));
}

/** Whether a task may take over its instance, whatever its network is. */
function takesOverInstance(task: StackResource): boolean {
  const [containers, volumes] = ['ContainerDefinitions', 'Volumes'].map((property) => listOf(task.property(property)));
  return [...containers, ...volumes].some((one) => !(one instanceof ResolvedMap)) || isText(task.property('PidMode'), 'host') !== 'no'
    || volumes.some((volume) => valueAt(volume, 'Host', 'SourcePath') !== undefined)
    || containers.some((container) => isSet(valueAt(container, 'Privileged')) !== 'no'
      || [['Capabilities', 'Add'], ['Devices']].some((path) => valueAt(container, 'LinuxParameters', ...path) !== undefined));
}
