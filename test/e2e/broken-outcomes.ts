import { asExpected, Outcome } from '../../replay/outcome';

type Differing = Pick<Outcome, 'who' | 'got'>;

/** One broken thing, and how the outcomes of the scenario then differ from what is expected. */
export interface Broken {
  readonly title: string;
  readonly what: string;
  readonly differing: Differing[];
}

/** In IrsaTestStack. */
export const BROKEN: Broken[] = [
  {
    title: 'a trust policy that names another subject',
    what: 'trust',
    differing: [
      { who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' },
      { who: 'a token of s3-reader-sa', got: 'AccessDenied' },
      { who: 's3-reader-sa, as its role', got: 'no credentials' },
      { who: 's3-reader-sa, as its role', got: 'no credentials' },
    ],
  },
  {
    title: 'a trust policy that only checks the audience',
    what: 'subject',
    differing: [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of this name in another namespace', got: 'accepted' },
    ],
  },
  {
    title: 'a trust policy that trusts everyone',
    what: 'principal',
    differing: [
      { who: 'one of another service account', got: 'accepted' },
      { who: 'one of this name in another namespace', got: 'accepted' },
      { who: 'one of another cluster', got: 'accepted' },
    ],
  },
  { title: 'an OIDC provider that accepts another audience, too', what: 'audience', differing: [{ who: 'one with another audience', got: 'AccessDenied' }] },
  { title: 'a missing annotation', what: 'annotation', differing: [{ who: 'the Job with s3-reader-sa', got: 'Failed: no credentials' }] },
  { title: 'a missing policy', what: 'policy', differing: [{ who: 'the Job with s3-reader-sa', got: 'Failed: AccessDenied' }] },
  {
    title: 'a policy that allows too much',
    what: 'too much',
    differing: [
      { who: 's3-reader-sa, as its role', got: 'allowed' },
      { who: 's3-reader-sa, as its role', got: 'allowed' },
    ],
  },
  { title: 'a hop limit that allows pods to act as their node', what: 'hop limit', differing: [{ who: 'a Job without a service account', got: 'Failed: AccessDenied' }] },
  { title: 'a node with the permissions of its pods', what: 'node', differing: [{ who: 'the node, as its role', got: 'buckets' }] },
];

/** In PodIdentityTestStack. */
export const BROKEN_POD_IDENTITY: Broken[] = [
  {
    title: 'an association of another service account',
    what: 'association',
    differing: [
      { who: 'the Job with s3-reader-pod-identity', got: 'Failed: no credentials' },
      { who: 'a token of s3-reader-pod-identity', got: 'ResourceNotFoundException' },
    ],
  },
  {
    title: 'a role that trusts EKS Pod Identity for another service account',
    what: 'subject',
    differing: [
      { who: 'the Job with s3-reader-pod-identity', got: 'Failed: AccessDeniedException' },
      { who: 'a token of s3-reader-pod-identity', got: 'AccessDeniedException' },
    ],
  },
  { title: 'a role of EKS Pod Identity without its policy', what: 'policy', differing: [{ who: 'the Job with s3-reader-pod-identity', got: 'Failed: AccessDenied' }] },
];

export const differing = (outcomes: Outcome[]): Differing[] =>
  outcomes.filter((outcome) => !asExpected(outcome)).map(({ who, got }) => ({ who, got }));
