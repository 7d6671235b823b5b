import { posix } from 'node:path';
import { trustedIssuers } from './trusted-claims';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { HeldIdentity, KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Role } from '../model';
import { OidcProvider } from '../oidc-provider';
import { containersOf } from '../pods/containers';
import { podTemplates, serviceAccountOf } from '../pods/pod-templates';
import { mountsOf } from '../pods/pod-volumes';

/** What says that SDKs use a token of another identity than that of the service account. */
interface Configured {
  readonly where: string;
  /** The ARNs of the roles that it is for. Without one, or if a value is not known, it can be for any. */
  readonly roleArns: ReadonlyArray<Text | undefined>;
  readonly heldBy: KeyHolders;
}

/**
 * The roles that pods might get with a web identity token from elsewhere, such as from a Secret: `AWS_WEB_IDENTITY_TOKEN_FILE` names its file, and `AWS_ROLE_ARN` the role.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/access-assume-role-web.html
 */
export function readConfiguredIdentities(
  roles: readonly Role[], providers: readonly OidcProvider[], objects: () => readonly KubernetesObject[],
): HeldIdentity[] {
  const trusting = roles.flatMap((role) => trustedIssuers(role.trustPolicy, providers).slice(0, 1).map((provider) => ({ role, provider })));
  const configured = trusting.length === 0 ? [] : objects().flatMap((object) => read.of([object], () => configuredIn(object)));
  return configured.flatMap(({ where, roleArns, heldBy }) => trusting
    .filter(({ role: { arn } }) => roleArns.length === 0 || roleArns.some((one) => one === undefined || equal(one, arn) !== 'no'))
    .map(({ role, provider }) => ({ roleArn: role.arn, provider, where, names: 'a token that is not of its service account', heldBy })));
}

/** Found once for all assignments of the conditions under which an object is the same. */
const read = new Interned<readonly Configured[]>();

function configuredIn(object: KubernetesObject): Configured[] {
  const { cluster, kind, name, namespace } = object;
  const all = object.at();
  if (valuesOf(all, 'AWS_WEB_IDENTITY_TOKEN_FILE').length === 0) {
    return []; // most have none
  }
  const where = `${kind} ${name ?? 'without a name'}`;
  const templates = podTemplates(object).filter(({ path }) => path !== undefined);
  const ofTemplates = templates.flatMap(({ at, namespace: own = namespace }): Configured[] => (hasOtherToken(at()) ? [{
    where,
    roleArns: valuesOf(at(), 'AWS_ROLE_ARN'),
    heldBy: { cluster, namespace: own, serviceAccountName: serviceAccountOf(at), workload: { kind, name } },
  }] : []));
  const isOther = templates.length === 0 && hasOtherToken(all);
  return isOther ? [{ where, roleArns: valuesOf(all, 'AWS_ROLE_ARN'), heldBy: { cluster, namespace } }] : ofTemplates;
}

/** The values of a variable, in a list of Kubernetes or a map. Undefined for one that comes from elsewhere. */
function valuesOf(value: Resolved, variable: string): Array<Text | undefined> {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap((item) => valuesOf(item, variable)) : [];
  }
  const direct = value.get(variable);
  const own = literalOf(value.get('name')) === variable ? [textOf(value.get('value'))] : direct instanceof Text ? [direct] : [];
  return [...own, ...value.entries.flatMap(([, inner]) => valuesOf(inner, variable))];
}

/** The folders of the tokens of service accounts. */
const OF_ACCOUNT = /^(\/var)?\/run\/secrets\/(eks\.amazonaws\.com|kubernetes\.io)\/serviceaccount\//;

/** Whether the file of a token is not one that Kubernetes or the webhook of Amazon EKS makes for the service account. */
function hasOtherToken(pods: Resolved): boolean {
  const own = ownTokens(valueAt(pods, 'spec'));
  const isOwn = (file: string) => OF_ACCOUNT.test(file) || own.includes(posix.resolve('/', file));
  return valuesOf(pods, 'AWS_WEB_IDENTITY_TOKEN_FILE').some((file) => file?.literal === undefined || !isOwn(file.literal));
}

/** The paths of the tokens of the service account that containers mount. @see https://kubernetes.io/docs/concepts/storage/projected-volumes/#serviceaccounttoken */
function ownTokens(spec: Resolved): string[] {
  const containers = containersOf(spec);
  return mountsOf(containers, listOf(valueAt(spec, 'volumes'))).flatMap(({ mount, volume }) => listOf(volume?.at('projected', 'sources'))
    .flatMap((source) => literalOf(valueAt(source, 'serviceAccountToken', 'path')) ?? [])
    .map((path) => posix.resolve('/', literalOf(mount?.get('mountPath')) ?? '', path)));
}
