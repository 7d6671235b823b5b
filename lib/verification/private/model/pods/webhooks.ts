import { concernsPods, isGroupOfPods } from './pod-mutators';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { RBAC } from '../objects/api-groups';
import { CONTROLLERS } from '../rbac/controllers';

/** What asks a server in the cluster about objects. */
export interface Webhook {
  readonly object: KubernetesObject;
  /** The name and the namespace of a Service. */
  readonly service?: Resolved;
  /** The URLs of the server, if no Service is named. */
  readonly urls: readonly Text[];
  /** Whether the server decides what runs in the cluster, or else only sees Secrets. */
  readonly decides: boolean;
}

/**
 * The webhooks whose servers change pods, permissions or the objects of controllers, or see Secrets.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#webhook-conversion
 * @see https://metacontroller.github.io/metacontroller/api/hook.html
 */
export const readWebhooks = (objects: readonly KubernetesObject[]): Webhook[] => objects.flatMap((object): Webhook[] => {
  if (object.group === 'admissionregistration.k8s.io') {
    return listOf(object.at('webhooks')).flatMap((webhook) => ofAdmission(object, webhook, objects));
  }
  if (object.kind === 'CustomResourceDefinition') {
    const group = literalOf(object.at('spec', 'group')) ?? '';
    return CONTROLLERS.test(group) || isGroupOfPods(group, objects) ? [webhookOf(object, object.at('spec', 'conversion', 'webhook', 'clientConfig'), true)] : [];
  }
  return object.group === 'metacontroller.k8s.io' ? hooksIn(object.at('spec', 'hooks')).map((hook) => webhookOf(object, hook, true)) : [];
});

const hooksIn = (hooks: Resolved): Resolved[] => ['sync', 'finalize', 'customize', 'preUpdateChild', 'postUpdateChild'].map((name) => valueAt(hooks, name, 'webhook'))
  .filter((hook) => hook !== undefined);

const webhookOf = (object: KubernetesObject, client: Resolved, decides: boolean): Webhook =>
  ({ object, service: valueAt(client, 'service'), urls: textsUnder(client, /^url$/), decides });

function ofAdmission(object: KubernetesObject, webhook: Resolved, objects: readonly KubernetesObject[]): Webhook[] {
  const rules = listOf(valueAt(webhook, 'rules'));
  const decides = object.kind === 'MutatingWebhookConfiguration' && rules.some((rule) => concernsPods(rule, objects) || isOfControl(rule));
  return decides || rules.some(isOfSecrets) ? [webhookOf(object, valueAt(webhook, 'clientConfig'), decides)] : [];
}

const wordsOf = (rule: Resolved, property: string): string[] => listOf(valueAt(rule, property)).map((word) => literalOf(word) ?? '*');

const isOfControl = (rule: Resolved): boolean => wordsOf(rule, 'apiGroups').some((group) => group === RBAC || CONTROLLERS.test(group));

const isOfSecrets = (rule: Resolved): boolean => wordsOf(rule, 'apiGroups').some((group) => ['', '*'].includes(group))
  && wordsOf(rule, 'resources').some((resource) => ['*', '*/*', 'secrets'].includes(resource));
