import { parametersOfDocuments } from './document-parameters';
import { GivenByName } from './given-by-name';
import { KeyPairs } from './key-pairs';
import { writesOfVariables } from './variables-of-programs';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn, textsUnder } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { CodeWrite } from '../code/code-write';
import { writesOfLocation } from '../code/code-writes';
import { Variable } from '../code/container-variables';
import { formsOfValue } from '../code/filled-values';
import { writesOfObjectsIn } from '../code/object-locations';
import { StartCode } from '../code/start-code';
import { readsOfWritten } from '../code/stored-writes';
import { isOpenWord } from '../code/unknown-names';
import { StoredValues } from '../credentials/stored-values';
import { InstanceProfiles, isOfNoProfile } from '../nodes/instance-profiles';
import { LaunchTemplates } from '../nodes/launch-templates';
import { Launches } from '../nodes/launches';
import { SELF_MANAGED } from '../nodes/self-managed-nodes';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Instances, or what launches them, with the role that they have. */
export interface Launched {
  readonly resource: StackResource;
  readonly roleArn?: Text;
  readonly keyName?: Text;
  /** The launch template or the launch configuration. */
  readonly launch?: StackResource;
}

/**
 * Types with commands that AWS Systems Manager runs on instances again and again, or that are in an image, and with the repositories of their packages. Their targets,
 * such as tags, can be any instances.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-s3.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-alternative-source-repository.html
 */
const COMMANDS = ['AWS::ImageBuilder::Component', 'AWS::SSM::Association', 'AWS::SSM::Document', 'AWS::SSM::MaintenanceWindowTask', 'AWS::SSM::PatchBaseline'];

/** Their properties with commands, and nothing else. */
const OF_COMMANDS = /^(commands|Data|runCommand)$/;

/** Their properties with where commands are, or the files of a document. */
const PLACES = ['Attachments', 'Uri'];

/** Types with the variables of applications on instances. @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.secrets.env-vars.html */
const SETTINGS = ['AWS::ElasticBeanstalk::ConfigurationTemplate', 'AWS::ElasticBeanstalk::Environment'];

/**
 * Types with the application that instances install.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/integrations-aws-auto-scaling.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticbeanstalk-applicationversion-sourcebundle.html
 */
const BUNDLES = ['AWS::CodeDeploy::DeploymentGroup', 'AWS::ElasticBeanstalk::ApplicationVersion'];

/** Instances of which others might decide what they run: as they start, or over SSH. */
export function readInstances(resources: StackResources): Program[] {
  const [pairs, code, stored] = [new KeyPairs(resources), new StartCode(resources), new StoredValues(resources)];
  const running = resources.ofType(...COMMANDS);
  const parameters = parametersOfDocuments(running);
  const commands = running.map((resource) => programOf(resource, [
    ...formsOfCommands(resource, parameters).flatMap(textsIn).flatMap((text) => code.writesOfCommands(text)),
    ...textsUnder(resource.property(), OF_COMMANDS).flatMap((text) => code.writesOfOpen(text)),
    ...PLACES.flatMap((property) => textsIn(resource.property(property))).filter(isOpenWord).flatMap(writesOfLocation),
  ]));
  const settings = resources.ofType(...SETTINGS).map((resource) => programOf(resource, writesOfVariables(resource.property(), stored)));
  const bundles = resources.ofType(...BUNDLES).map((resource) => programOf(resource, writesOfObjectsIn(resource.property())));
  const launched = launchedIn(resources).flatMap(({ resource, roleArn, keyName, launch }) => {
    const started = [resource, ...(launch ? [launch] : [])].flatMap((one) => {
      const writes = code.writesOf(one);
      return [...writes, ...(setsPassword(one) ? writes.flatMap(readsOfWritten) : [])];
    });
    const writes = [...pairs.waysBy(keyName), ...started, ...commands.flatMap((one) => one.code)];
    const hasRole = roleArn !== undefined && !isOfNoProfile(roleArn);
    return writes.length > 0 && hasRole ? [{ arns: [], startedBy: [], takeovers: [], code: writes, roleArn, place: resource.place() }] : [];
  });
  return [...launched, ...commands, ...settings, ...bundles];
}

/** What a resource has run, also with the values of parameters. A document can be a text in YAML. */
function formsOfCommands(resource: StackResource, parameters: GivenByName<Variable>): Resolved[] {
  const [content, variables] = [resource.property('Content'), parameters.of(resource)];
  const parsed = content instanceof Text ? parseYaml(content) ?? [] : [];
  return [...formsOfValue(resource.property(), variables), ...parsed.flatMap((one) => formsOfValue(one, variables).slice(1))];
}

/** What runs on instances, or on managed nodes elsewhere, with their roles. */
const programOf = (resource: StackResource, code: readonly CodeWrite[]): Program =>
  ({ arns: [], startedBy: [], takeovers: [], code, services: ['ec2', 'ssm'], place: resource.place() });

/** Commands that set the password of a user of an instance, with which others sign in. */
const SETTING = /\bchpasswd\b|\bpasswd[ \t]+(\S+[ \t]+)?--stdin|\bnet1? user\b|\b(New|Set)-LocalUser\b/i;

const setsPassword = (resource: StackResource): boolean => [resource.decoded('UserData'), resource.decoded('LaunchTemplateData', 'UserData'), ...textsIn(resource.metadata)]
  .some((text) => text !== undefined && SETTING.test(`${text}`));

const LAUNCHING = [...SELF_MANAGED, 'AWS::Batch::ComputeEnvironment'];

/** Also what a launch template describes that the templates use for nothing. */
export function launchedIn(resources: StackResources): Launched[] {
  const [launches, templates, profiles] = [new Launches(resources), new LaunchTemplates(resources), new InstanceProfiles(resources)];
  const instances = resources.ofType(...LAUNCHING).flatMap((resource) => launches.of(resource).map(({ roleArn, resource: launch }): Launched =>
    ({ resource, roleArn, launch, keyName: keyNameOf(resource, ...(launch ? [launch] : [])) })));
  const nodes = resources.ofType('AWS::EKS::Nodegroup').map((resource): Launched => {
    const launch = templates.find(resource.property('LaunchTemplate'), resource);
    const ofTemplate = launch?.property('LaunchTemplateData', 'KeyName');
    return { resource, roleArn: textOf(resource.property('NodeRole')), launch, keyName: textOf(resource.property('RemoteAccess', 'Ec2SshKey') ?? ofTemplate) };
  });
  const used = new Set([...instances, ...nodes].map(({ launch }) => launch));
  const others = resources.ofType('AWS::EC2::LaunchTemplate')
    .filter((template) => !used.has(template) && template.property('LaunchTemplateData', 'IamInstanceProfile') !== undefined).map((resource): Launched =>
      ({ resource, roleArn: launches.roleOfTemplate(resource), keyName: keyNameOf(resource) }));
  const ofEmr = resources.ofType('AWS::EMR::Cluster').map((resource): Launched =>
    ({ resource, roleArn: profiles.roleOf(resource.property('JobFlowRole'), resource), keyName: keyNameOf(resource) }));
  return [...instances, ...nodes, ...others, ...ofEmr];
}

/** Where types name the key with which others sign in to instances. */
const KEY_NAMES = [['KeyName'], ['LaunchTemplateData', 'KeyName'], ['ComputeResources', 'Ec2KeyPair'], ['Instances', 'Ec2KeyName']];

/** The name of the key in the first of some resources that has one. */
const keyNameOf = (...resources: readonly StackResource[]): Text | undefined =>
  textOf(resources.flatMap((resource) => KEY_NAMES.map((path) => resource.property(...path))).find((name) => name !== undefined));
