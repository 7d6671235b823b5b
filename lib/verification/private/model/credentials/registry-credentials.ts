import { Resolved, ResolvedMap } from '../../values/resolved';
import { textOf, textsUnder } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { hasDigest, writesOfRegistryImage } from '../code/registries';
import { readsOfSecret } from '../code/stored-writes';

/** Where containers and builds name the secret with which their image is pulled. */
const PATHS = [['RepositoryCredentials', 'CredentialsParameter'], ['RegistryCredential', 'Credential']];

/**
 * What reads the user and the password of a registry outside AWS, who can usually push to it, too. An image with a digest stays the same.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/sample-private-registry.html
 */
export function readsOfRegistryCredentials(value: Resolved): CodeWrite[] {
  if (!(value instanceof ResolvedMap)) {
    return Array.isArray(value) ? value.flatMap(readsOfRegistryCredentials) : [];
  }
  const secrets = hasDigest(textOf(value.get('Image'))) ? [] : PATHS.flatMap((path) => textOf(value.at(...path)) ?? []);
  return [...secrets.flatMap(readsOfSecret), ...value.entries.flatMap(([, inner]) => readsOfRegistryCredentials(inner))];
}

/** What changes the images of containers and builds, besides those of Amazon ECR. */
export const writesOfRegistryImages = (value: Resolved): CodeWrite[] => textsUnder(value, /^Image$/).flatMap(writesOfRegistryImage);
