import { readCertificates } from './certificates';
import { copiesInBackups } from './keys-in-objects';
import { KINDS } from './kinds';
import { NamedValues } from './named-values';
import { readsOf } from './readable-resources';
import { mayBeOfCertificate, USING } from './secrets-with-certificates';
import { parsePolicy } from '../../policies/parse-policy';
import { Pattern } from '../../values/pattern';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';
import { GivenRole, KeyCopy } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Role } from '../model';
import { Program } from '../program';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const SERVICES = ['rolesanywhere.*', 'credentials.iot.*'].map((glob) => Pattern.glob(Text.of(glob)));

/**
 * What may have a certificate with its key, if a role trusts what takes certificates: what has them in a variable or syncs them says so by its names, and so does a
 * secret itself. A secret without a value gets one after the deployment, which can be any. Backups of a cluster have those that pods can mount.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/credential-helper.html
 */
export function readStoredCertificates(
  roles: readonly Role[], given: readonly GivenRole[], resources: StackResources, programs: () => readonly Program[],
  objects: () => readonly KubernetesObject[], charts: () => readonly KubernetesObject[],
): readonly KeyCopy[] {
  return !roles.some(takesCertificates) && !given.some(({ to }) => to === 'rolesanywhere' || to === 'credentials.iot') ? [] : resources.once('certificates in stores', () => [
    ...new NamedValues(KINDS.certificate, resources).copies(programs(), objects),
    ...copiesInBackups(readCertificates(objects(), charts()), objects()),
    ...resources.ofType('AWS::SecretsManager::Secret', 'AWS::SSM::Parameter').filter(mayHaveOne)
      .map((store): KeyCopy => ({ where: store.logicalId, place: store.place(), reads: readsOf(store) })),
  ]);
}

const takesCertificates = ({ trustPolicy }: Role): boolean => parsePolicy(trustPolicy, 'trust').statements.some(({ principals }) =>
  principals?.principals.some(({ kind, name }) => kind === 'Service' && SERVICES.some((service) => service.matches(name) !== 'no')));

function mayHaveOne(store: StackResource): boolean {
  const isEmpty = ['SecretString', 'GenerateSecretString', 'Value'].every((name) => store.property(name) === undefined);
  return isEmpty || [store.logicalId, ...textsIn(store.property())].some((text) => mayBeOfCertificate(`${text}`) || USING.test(`${text}`));
}
