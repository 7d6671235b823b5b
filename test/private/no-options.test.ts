import { ObjectsAccess, OidcProvider, PodCredentials } from '../../lib';

/** What JavaScript passes. */
const any = (value: unknown): any => value;

describe('options of a method that has none are an error:', () => {
  const [ofPodIdentity, otherProvider, narrower] = [
    'targetRole, sessionPolicy and unsafeWithoutSessionTags are options of PodCredentials.podIdentity',
    'to use a provider of your own, pass it to OidcProvider.existing',
    'to limit the access, use ObjectsAccess.namespaces or ObjectsAccess.kubernetesGroups',
  ];

  test.each<[string, (options: unknown) => unknown, string]>([
    ['PodCredentials.irsa', any(PodCredentials.irsa), ofPodIdentity],
    ['PodCredentials.both', any(PodCredentials.both), ofPodIdentity],
    ['OidcProvider.create', any(OidcProvider.create), otherProvider],
    ['OidcProvider.alreadyInAccount', any(OidcProvider.alreadyInAccount), otherProvider],
    ['OidcProvider.none', any(OidcProvider.none), otherProvider],
    ['ObjectsAccess.clusterAdmin', any(ObjectsAccess.clusterAdmin), narrower],
    ['ObjectsAccess.none', any(ObjectsAccess.none), narrower],
  ])('%s', (method, call, fix) => {
    expect(() => call({})).toThrow(new Error(`${method} takes no options: ${fix}`));
    expect(() => call(undefined)).not.toThrow();
  });
});
