/** What to set instead of a property that other constructs have. */
interface Instead {
  /** The property that a struct must have, so that this is an answer. */
  readonly property: string;
  readonly value: string;
  readonly why?: string;
}

const POD_IDENTITY: Instead = { property: 'podCredentials', value: 'PodCredentials.podIdentity()' };
const TAKE_OVER: Instead = { property: 'existing', value: 'ExistingObjects.TAKE_OVER' };

/** Properties of aws-eks-v2, and of imported clusters. */
const ELSEWHERE: { readonly [property: string]: Instead } = {
  identityType: POD_IDENTITY,
  installPodIdentityAgent: { ...POD_IDENTITY, why: 'It installs the agent in a new cluster' },
  overwrite: TAKE_OVER,
  overwriteServiceAccount: TAKE_OVER,
};

/** What someone meant by a property of another construct; undefined if that is not known. */
export function meantElsewhere(written: string, names: readonly string[]): string | undefined {
  const instead = Object.hasOwn(ELSEWHERE, written) ? ELSEWHERE[written] : undefined;
  if (!instead || !names.includes(instead.property)) {
    return undefined;
  }
  return `did you mean ${instead.property}: ${instead.value}?${instead.why ? ` ${instead.why}` : ''}`;
}
