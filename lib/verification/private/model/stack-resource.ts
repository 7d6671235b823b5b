import { ClusterIds } from './cluster-ids';
import { decodedText, withDecodedParts } from './code/decoded-text';
import { AccessPlace } from '../../access-reason';
import { dependentsOf } from '../assembly/dependents';
import { placeIn, scalarText, Template } from '../assembly/template';
import { Findings } from '../findings/findings';
import { Resolver } from '../resolution/resolver';
import { resourceKey } from '../resolution/resource-values';
import { Store } from '../resolution/shared-values';
import { scopeOfType } from '../resource-types/scope-of-type';
import { ClusterId } from '../values/cluster-id';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

const NOTHING = new ResolvedMap([]);

/** A resource of a template, whose values are resolved when they are read. */
export class StackResource {
  readonly type: string;

  constructor(
    private readonly template: Template, readonly logicalId: string, private readonly known: Store<string, unknown>,
    private readonly resolver: Resolver, private readonly findings: Findings, private readonly clusterIds: () => ClusterIds,
  ) {
    this.type = this.body.Type;
  }

  /**
   * What has a name, and is read of this resource: once for all assignments of the conditions that do not change it.
   *
   * @param read depends on nothing but what this resource and others say while it runs, and does not keep one of them, because they are of one assignment.
   */
  once<T>(name: string, read: () => T): T {
    return this.resolver.remember(name, read, this.known);
  }

  /** What identifies it in what references to it return. */
  get key(): string {
    return resourceKey(this.template, this.logicalId);
  }

  /** Whether its properties, as they are written, match. */
  mentions(pattern: RegExp): boolean {
    return this.once(`mentions ${pattern.source}`, () => pattern.test(JSON.stringify(this.body.Properties) ?? ''));
  }

  /** What `Ref` returns. */
  get ref(): Text {
    return this.text({ Ref: this.logicalId }, 'Ref');
  }

  /** Undefined if the format of the ARNs of this type is not known. */
  get arn(): Text | undefined {
    return this.once('ARN', () => this.resolver.arnOf(this.template, this.logicalId));
  }

  /** What `Fn::GetAtt` returns. */
  attribute(name: string): Text {
    return this.text({ 'Fn::GetAtt': [this.logicalId, name] }, name);
  }

  /** The value of a property, or below it. */
  property(...path: string[]): Resolved {
    return this.once('Properties', () => this.readProperties()).at(...path);
  }

  /** What it has besides properties, with the values of functions, such as the input of `cfn-init`. */
  get metadata(): Resolved {
    return this.resolver.resolve(this.template, this.body.Metadata);
  }

  /** The text of a property that is encoded with base64, such as user data. */
  decoded(...path: string[]): Text | undefined {
    const value = this.chosen(path.reduce<any>((object, name) => this.chosen(object)?.[name], this.body.Properties));
    const isPlain = value?.['Fn::Base64'] !== undefined;
    const written = isPlain ? value['Fn::Base64'] : value;
    const encoded = written === undefined ? this.property(...path) : this.resolver.resolve(this.template, written);
    if (!(encoded instanceof Text)) {
      return undefined;
    }
    return withDecodedParts(isPlain || encoded.literal === undefined ? encoded : Text.of(decodedText(encoded.literal)));
  }

  /** The outcome of a condition, as it is written. Undefined if it is not known. */
  private chosen(value: any): any {
    const [condition, first, second] = value?.['Fn::If'] ?? [];
    if (condition === undefined) {
      return value;
    }
    const outcome = this.resolver.resolve(this.template, { 'Fn::If': [condition, 'first', 'second'] });
    const known = outcome instanceof Text ? outcome.literal : undefined;
    return known === undefined ? undefined : this.chosen(known === 'first' ? first : second);
  }

  /** Undefined if they are not known. */
  get stackTags(): { readonly [key: string]: string } | undefined {
    return this.template.tags;
  }

  /** The resource of the stack, if it is nested. */
  get nestedStack(): StackResource | undefined {
    const { parent } = this.template;
    const known = parent && this.resolver.readOf(parent.template).get(parent.logicalId);
    return known && new StackResource(parent.template, parent.logicalId, known, this.resolver, this.findings, this.clusterIds);
  }

  /** The value of a pseudo parameter in the stack of the resource. */
  pseudoParameter(name: 'AccountId' | 'Region' | 'Partition' | 'StackName' | 'StackId' | 'URLSuffix'): Text {
    return this.text({ Ref: `AWS::${name}` }, name);
  }

  /** The ARN of the role with which the stack is deployed; undefined if only the deployment knows it. */
  get creatorArn(): Text | undefined {
    const { deployedWith } = this.template;
    return deployedWith === undefined ? undefined : this.text({ 'Fn::Sub': deployedWith }, 'the role that creates it');
  }

  /** The bucket from which aws-cdk deploys the assets of the stack; undefined if it is not known. */
  get assets(): Text | undefined {
    return this.template.assets === undefined ? this.bootstrapped('assets') : this.text({ 'Fn::Sub': this.template.assets }, 'the bucket with its assets');
  }

  /** What has its name from the bootstrap stack of aws-cdk. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
  bootstrapped(name: string, before = ''): Text | undefined {
    const [, qualifier] = /^\/cdk-bootstrap\/(\w+)\/version$/.exec(scalarText(this.template.body.Parameters.BootstrapVersion?.Default)) ?? [];
    return qualifier === undefined ? undefined : this.text({ 'Fn::Sub': `${before}cdk-${qualifier}-${name}-\${AWS::AccountId}-\${AWS::Region}` }, name);
  }

  /** The cluster that a property, or a value below it, names; undefined without a name. What names a cluster is in its account and Region. */
  cluster(...path: string[]): ClusterId | undefined {
    const name = this.property(...path);
    return name instanceof Text ? this.clusterNamed(name) : undefined;
  }

  /** The cluster with a name, in the account and Region of the stack unless others are given. */
  clusterNamed(name: Text, account = this.pseudoParameter('AccountId'), region = this.pseudoParameter('Region')): ClusterId {
    return this.clusterIds().of(name, account, region);
  }

  /** The logical IDs of the resources of its template that are certainly created after it. */
  get dependents(): ReadonlySet<string> {
    return this.once('dependents', () => dependentsOf(this.template.body.Resources, this.logicalId));
  }

  place(path?: string): AccessPlace {
    return placeIn(this.template, this.logicalId, path);
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
    return this.once(`text ${name}`, () => {
      const resolved = this.resolver.resolve(this.template, value);
      const label = `${this.logicalId}.${name}`;
      return resolved instanceof Text ? resolved : Text.unknown(new Unknown(`${this.template.id}/${label}`, { label }));
    });
  }
}
