import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { derived, isText, literalOf, textOf } from '../values/text-parts';

/** What no name in Kubernetes contains. */
const OF_EXPRESSIONS = /[{}<>$()]/;

/** An empty text is like none: Kubernetes sets the default in its place. An expression, which a controller fills in, can be anything. */
export function givenText(value: Resolved): Text | undefined {
  const text = isText(value, '') === 'yes' ? undefined : textOf(value);
  return text?.parts.some((part) => typeof part === 'string' && OF_EXPRESSIONS.test(part)) ? derived(text, 'value') : text;
}

/** An object that a template applies to a cluster. */
export class KubernetesObject {
  /**
   * The object of a document, or undefined if that shows no kind, or an API that only the deployment knows.
   *
   * @param otherwise its namespace if it says none.
   * @param mayBeMissing whether it is a part of another object or of the values of a chart, so that something has to create it first.
   */
  static from(cluster: ClusterId, document: Resolved, place: AccessPlace, otherwise?: Text, mayBeMissing = false): KubernetesObject | undefined {
    const isKnown = (map: ResolvedMap) => literalOf(map.get('kind')) !== undefined && (map.get('apiVersion') === undefined || literalOf(map.get('apiVersion')) !== undefined);
    return document instanceof ResolvedMap && isKnown(document) ? new KubernetesObject(cluster, document, place, mayBeMissing, otherwise) : undefined;
  }

  private constructor(
    readonly cluster: ClusterId, private readonly document: ResolvedMap, readonly place: AccessPlace, readonly mayBeMissing: boolean,
    private readonly otherwise = Text.of('default'),
  ) {}

  get kind(): string {
    return literalOf(this.document.get('kind'))!;
  }

  /** The API group; empty for the core group. */
  get group(): string {
    return this.apiVersion.includes('/') ? this.apiVersion.slice(0, this.apiVersion.indexOf('/')) : '';
  }

  /** The version of its API, such as `v1`. */
  get version(): string {
    return this.apiVersion.slice(this.apiVersion.indexOf('/') + 1);
  }

  private get apiVersion(): string {
    return literalOf(this.document.get('apiVersion')) ?? '';
  }

  /** Undefined without `name` and `generateName`. @see https://kubernetes.io/docs/reference/using-api/api-concepts/#generated-values */
  get name(): Text | undefined {
    const prefix = textOf(this.document.at('metadata', 'generateName'));
    const name = this.document.at('metadata', 'name'); // in another object, it can be an expression
    return (this.mayBeMissing ? givenText(name) : textOf(name)) ?? (prefix && Text.join([prefix, derived(prefix, 'generated')]));
  }

  /** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
  get namespace(): Text {
    return givenText(this.document.at('metadata', 'namespace')) ?? this.otherwise;
  }

  at(...path: string[]): Resolved {
    return this.document.at(...path);
  }
}
