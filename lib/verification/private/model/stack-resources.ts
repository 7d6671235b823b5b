import { CLUSTER_TYPES, ClusterIds } from './cluster-ids';
import { AccessPlace } from '../../access-reason';
import { Assembly } from '../assembly/assembly';
import { Template } from '../assembly/template';
import { Findings } from '../findings/findings';
import { GapScope } from '../findings/gap';
import { Resolver } from '../resolution/resolver';
import { resourceType } from '../resource-types/declarations';
import { ClusterId } from '../values/cluster-id';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const NOTHING = new ResolvedMap([]);

/** What a resource of a type can change if its properties are not known. */
export function scopeOfType(type: string): GapScope {
  const service = resourceType(type)?.changesOnly;
  return service === undefined ? 'everything' : { services: [service] };
}

/** A resource of a template, whose values are resolved when they are read. */
export class StackResource {
  readonly type: string;
  private resolved?: ResolvedMap;
  private readonly texts = new Map<string, Text>();

  constructor(
    private readonly template: Template, readonly logicalId: string, private readonly resolver: Resolver, private readonly findings: Findings,
    private readonly clusters: ClusterIds,
  ) {
    this.type = this.body.Type;
  }

  /** What `Ref` returns. */
  get ref(): Text {
    return this.text({ Ref: this.logicalId }, 'Ref');
  }

  /** Undefined if the format of the ARNs of this type is not known. */
  get arn(): Text | undefined {
    return this.resolver.arnOf(this.template, this.logicalId);
  }

  /** What `Fn::GetAtt` returns. */
  attribute(name: string): Text {
    return this.text({ 'Fn::GetAtt': [this.logicalId, name] }, name);
  }

  /** The value of a property, or below it. */
  property(...path: string[]): Resolved {
    this.resolved ??= this.readProperties();
    return this.resolved.at(...path);
  }

  /** The text of a property that is encoded with base64, such as user data. */
  decoded(...path: string[]): Text | undefined {
    const value = path.reduce((object, name) => object?.[name], this.body.Properties);
    const encoded = this.resolver.resolve(this.template, value?.['Fn::Base64'] ?? value);
    const isPlain = value?.['Fn::Base64'] !== undefined;
    return !(encoded instanceof Text) ? undefined : isPlain || encoded.literal === undefined ? encoded : Text.of(Buffer.from(encoded.literal, 'base64').toString());
  }

  /** Undefined if they are not known. */
  get stackTags(): { readonly [key: string]: string } | undefined {
    return this.template.tags;
  }

  /** The resource of the stack, if it is nested. */
  get nestedStack(): StackResource | undefined {
    const { parent } = this.template;
    return parent && new StackResource(parent.template, parent.logicalId, this.resolver, this.findings, this.clusters);
  }

  /** The value of a pseudo parameter in the stack of the resource. */
  pseudoParameter(name: 'AccountId' | 'Region' | 'Partition' | 'StackName' | 'StackId'): Text {
    return this.text({ Ref: `AWS::${name}` }, name);
  }

  /** The cluster that a property, or a value below it, names; undefined without a name. What names a cluster is in its account and Region. */
  cluster(...path: string[]): ClusterId | undefined {
    const name = this.property(...path);
    return name instanceof Text ? this.clusterNamed(name) : undefined;
  }

  /** The cluster with a name, in the account and Region of the stack unless others are given. */
  clusterNamed(name: Text, account = this.pseudoParameter('AccountId'), region = this.pseudoParameter('Region')): ClusterId {
    return this.clusters.of(name, account, region);
  }

  place(path?: string): AccessPlace {
    const constructPath: unknown = this.body.Metadata?.['aws:cdk:path'];
    return { template: this.template.file, logicalId: this.logicalId, ...(path && { path }), ...(typeof constructPath === 'string' && { constructPath }) };
  }

  private get body() {
    return this.template.body.Resources[this.logicalId];
  }

  private readProperties(): ResolvedMap {
    const properties = this.resolver.resolve(this.template, this.body.Properties);
    if (properties !== undefined && !(properties instanceof ResolvedMap)) {
      const message = `the properties of ${this.logicalId} are not an object that can be read: they are left out`;
      this.findings.addGap('unreadable-resource', message, this.place('Properties'), scopeOfType(this.type));
    }
    return properties instanceof ResolvedMap ? properties : NOTHING;
  }

  private text(value: object, name: string): Text {
    const known = this.texts.get(name);
    if (known) {
      return known;
    }
    const resolved = this.resolver.resolve(this.template, value);
    const text = resolved instanceof Text ? resolved : Text.unknown(new Unknown(`${this.template.id}/${this.logicalId}.${name}`, { label: `${this.logicalId}.${name}` }));
    this.texts.set(name, text);
    return text;
  }
}

/** The resources that the deployment creates, by type. */
export class StackResources {
  readonly all: readonly StackResource[];
  private readonly byType = new Map<string, StackResource[]>();

  constructor(assembly: Assembly, resolver: Resolver, findings: Findings) {
    const clusters = new ClusterIds(() => this.ofType(...CLUSTER_TYPES).map((resource) =>
      new ClusterId(resource.ref, resource.pseudoParameter('AccountId'), resource.pseudoParameter('Region'), true)));
    this.all = assembly.templates.flatMap((template) => Object.entries(template.body.Resources)
      .filter(([logicalId, { Type }]) => typeof Type === 'string' && resolver.exists(template, logicalId))
      .map(([logicalId]) => new StackResource(template, logicalId, resolver, findings, clusters)));
    for (const resource of this.all) {
      const others = this.byType.get(resource.type);
      if (others) {
        others.push(resource);
      } else {
        this.byType.set(resource.type, [resource]);
      }
    }
  }

  /** The resources of some types. */
  ofType(...types: string[]): StackResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }
}
