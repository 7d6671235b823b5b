import { Reference } from './references-to-secrets';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { isOfKubernetes } from './pod-templates';
import { namespaceOfSecrets } from './secret-names';

/** A Secret that an object of a controller names, and what the object calls it. */
export interface SecretInObject {
  readonly reference: Reference;
  readonly namespace: Text;
  readonly names: readonly string[];
}

/** Properties with the name of a Secret, or with a reference to one. */
const OF_SECRETS = /secret|credential|token|passw|kube[_-]?config|(access|api)[_-]?key/i;

/** References to something else, and what only proves that a request comes from a known sender. */
const OF_OTHERS = /config_?map|store_?ref|webhook|hmac/i;

/** Kinds whose Secrets are of this kind. @see https://fluxcd.io/flux/components/notification/receivers/ */
const RECEIVING = /webhook|receiver/i;

/** What a property has after the name of what the Secret has: `secretAccessKeySecretRef`, `secretKeySecret`, `tokenRef`. */
const END = /^(value|valueFrom|secretKeyRef)$|secret([_-]?(ref|name|key[_-]?(ref|selector)))?$|(?<=.)(ref|selector)$/i;

/** Names of properties that do not say for what something is. */
const GENERAL = /^(auth|credentials?|token|secret)$/i;

/** Properties that say what an object is about. @see https://velero.io/docs/main/api-types/backupstoragelocation/ */
const ABOUT = /^(provider|type|platform|method|endpoint)$/;

/** Properties that say what a reference beside them is for. @see https://keda.sh/docs/latest/concepts/authentication/#secrets */
const CALLING = ['parameter', 'targetPath', 'name'];

/**
 * The Secrets that the object of a controller names. What they have, the names of its properties tell: `route53.secretAccessKeySecretRef`, or `credential` beside
 * `provider: aws`.
 *
 * @see https://external-secrets.io/latest/provider/aws-access/
 * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
 * @see https://docs.crossplane.io/latest/packages/providers/#configure-a-provider
 */
export function secretsInObject(object: KubernetesObject): SecretInObject[] {
  if (isOfKubernetes(object) || RECEIVING.test(object.kind)) {
    return [];
  }
  const spec = object.at('spec');
  const about = [...object.group.split('.').slice(0, -LENGTH_OF_DOMAIN), ...textsAbout(spec)];
  return referencesIn(spec, [], []).map(({ value, path, called }) => {
    const name = value instanceof Text ? value : textOf(value.get('name')) ?? textOf(value.get('secretName'))!;
    const key = value instanceof Text ? undefined : literalOf(value.get('key'));
    const namespace = value instanceof Text ? undefined : givenText(value.get('namespace'));
    return {
      reference: { name, ...key !== undefined && { keys: [key] } },
      namespace: namespace ?? namespaceOfSecrets(object),
      names: [...namesOf(path, about), ...called, ...(key === undefined ? [] : [key]), `${name}`],
    };
  });
}

/** A group ends in a domain, such as `upbound.io`. */
const LENGTH_OF_DOMAIN = 2;

/** A reference, with the names of the properties around it. */
interface Found {
  readonly value: Text | ResolvedMap;
  readonly path: readonly string[];
  /** What the maps around it call it. */
  readonly called: readonly string[];
}

function referencesIn(value: Resolved, path: readonly string[], called: readonly string[]): Found[] {
  const last = path.at(-1) ?? '';
  if (OF_OTHERS.test(last)) {
    return [];
  }
  if (value instanceof Text) {
    return /secret([_-]?(ref|name))?$/i.test(last) ? [{ value, path, called }] : [];
  }
  if (!(value instanceof ResolvedMap)) {
    return listOf(value).flatMap((item) => (item instanceof Text ? [] : referencesIn(item, path, called)));
  }
  const name = textOf(value.get('name')) ?? textOf(value.get('secretName'));
  const isReference = name !== undefined && (OF_SECRETS.test(last) || value.get('key') !== undefined);
  const own = CALLING.flatMap((property) => literalOf(value.get(property)) ?? []);
  return isReference ? [{ value, path, called: [...called, ...own] }]
    : value.entries.flatMap(([{ literal = '' }, inner]) => referencesIn(inner, [...path, literal].slice(-MOST_NAMES), own));
}

/** As many names of properties as say what something is for. */
const MOST_NAMES = 5;

/** What the properties around a reference call it, and, if that says nothing, what the object is about. */
function namesOf(path: readonly string[], about: readonly string[]): string[] {
  const words = path.map((name) => name.replace(END, '')).filter((name) => name !== '');
  const isGeneral = words.length < path.length && words.every((word) => path.includes(word));
  const last = words.at(-1) ?? '';
  const subjects = isGeneral || GENERAL.test(last) ? [...about, ...words] : [];
  return [...words.map((_, i) => words.slice(i).join('.')), ...subjects.flatMap((word) => ['credentials', 'secret', 'token'].map((what) => `${word}-${what}`))];
}

/** What texts say that an object is about: `aws`, `github`, `s3.amazonaws.com`. */
const textsAbout = (value: Resolved): string[] => (value instanceof ResolvedMap ? value.entries.flatMap(([{ literal = '' }, inner]) => {
  const text = ABOUT.test(literal) ? literalOf(inner) : undefined;
  return text === undefined ? textsAbout(inner) : [text.replace(/^https?:\/\//, '').split('.')[0]].filter((word) => /^[\w-]{2,30}$/.test(word));
}) : Array.isArray(value) ? value.flatMap(textsAbout) : []);
