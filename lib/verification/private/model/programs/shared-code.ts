import { ProgramTexts } from './program-texts';
import { resourceType, typesWith } from '../../resource-types/declarations';
import { unknownsOf } from '../../values/origins';
import { CodeWrite } from '../code/code-write';
import { Program } from '../program';
import { prefixOf } from '../services';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const PROGRAMS = new Set(typesWith('program').map(([type]) => type));

/** The service of a type of resources, such as `AWS::Lambda`. */
const serviceOf = (type: string): string => type.split('::', 2).join('::');

/** What decides about access, or makes other resources. What that does is read elsewhere. */
const OF_OTHERS = /^(AWS::(CloudFormation|EKS|IAM|KMS)|Custom)::|::MODULE$/;

/** Whether a resource says what others run that have a role: it is nothing that has one itself, no policy, and does not only say where data is. */
const isPart = (type: string): boolean => {
  const { hasData, separatePolicy } = resourceType(type) ?? {};
  return !PROGRAMS.has(type) && !OF_OTHERS.test(type) && !hasData && !separatePolicy;
};

/** What instances run, and what workflows start, with roles that the templates show. */
const ELSEWHERE = /^AWS::(AutoScaling|EC2|Events|Pipes|Scheduler|SSM)::/;

/**
 * What devices run with the role of an alias of AWS IoT.
 *
 * @see https://docs.aws.amazon.com/greengrass/v2/developerguide/device-service-role.html
 */
const OF_DEVICES = 'AWS::GreengrassV2';

/** Properties with a role, or an instance profile. Instances have roles of their own. */
const OF_ROLES = /"[^"]*(role(arn)?|instanceprofile(arn|name)?)"\s*:/i;

/**
 * What is run with a role, as resources without a role say. These are those of the same service, such as a layer of functions, because not only references attach
 * them, and what a resource refers to in other services, also in several steps. This needs no list of types, so that it includes those that AWS adds.
 */
export class SharedCode {
  private readonly ofServices = new Map<string, readonly CodeWrite[]>();
  private readonly ofResources = new Map<StackResource, readonly CodeWrite[]>();

  constructor(private readonly resources: StackResources, private readonly texts: ProgramTexts) {}

  /** What resources of the same service name, and those to which a resource refers. */
  writesFor(resource: StackResource): CodeWrite[] {
    const service = serviceOf(resource.type);
    return distinct([service, ...(service === 'AWS::IoT' ? [OF_DEVICES] : [])].flatMap((name) => this.ofService(name)).concat(this.ofReferences(resource)));
  }

  /**
   * What runs with a role that no template shows, such as that of a job of Amazon EMR Serverless: with one of the roles of the service.
   *
   * @see https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/application-custom-image.html
   */
  get programs(): Program[] {
    const services = new Set(this.resources.ofType(...PROGRAMS).map(({ type }) => serviceOf(type)));
    const types = [...this.resources.typesWithCode].filter((type) => isPart(type) && !services.has(serviceOf(type)) && !ELSEWHERE.test(type));
    return this.resources.ofType(...types).flatMap((part) => {
      const [service, code] = [prefixOf(part.type.split('::')[1] ?? ''), this.of(part)]; // a type can have no service, which CloudFormation refuses
      return service && code.length > 0 ? [{ arns: [], startedBy: [], takeovers: [], code, services: [service], place: part.place() }] : [];
    });
  }

  private ofService(service: string): readonly CodeWrite[] {
    const known = this.ofServices.get(service)
      ?? this.resources.ofService(service).filter(({ type }) => isPart(type)).flatMap((part) => this.of(part));
    this.ofServices.set(service, known);
    return known;
  }

  /** What a resource names, and those to which it refers. */
  private of(part: StackResource): readonly CodeWrite[] {
    const known = this.ofResources.get(part);
    if (known) {
      return known;
    }
    this.ofResources.set(part, []); // resources do not refer to each other, except by mistake
    const all = distinct([...this.texts.writesOf(part), ...this.ofReferences(part)]);
    this.ofResources.set(part, all);
    return all;
  }

  private ofReferences(resource: StackResource): CodeWrite[] {
    const keys = new Set([...unknownsOf(resource.property())].flatMap(({ resource: key }) => key ?? []));
    const parts = [...keys].flatMap((key) => this.resources.withKey(key) ?? []);
    return parts.filter((part) => isPart(part.type) && part.key !== resource.key && !part.mentions(OF_ROLES)).flatMap((part) => this.of(part));
  }
}

const distinct = (writes: readonly CodeWrite[]): CodeWrite[] => [...new Map(writes.map((write) => [writeKey(write), write])).values()];

const writeKey = ({ action, arn, registry, isOfAnyTag, given, afterOneOf, files }: CodeWrite): string => [
  action, arn.key, registry?.account.key, registry?.region.key, isOfAnyTag, afterOneOf?.join(), filesKey(files),
  Object.entries(given ?? {}).map(([name, texts]) => [name, ...texts.map(({ key }) => key)].join()),
].join('\n');

const filesKey = (files: CodeWrite['files']): string | undefined =>
  files && [files.kind, files.part?.accessPoint?.key, files.part?.claim?.key, files.part?.path?.key].join();
