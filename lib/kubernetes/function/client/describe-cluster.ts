import { codeOf } from '../nature';
import { signedHeaders } from './signature';

/** What Amazon EKS returns for the name of a cluster. */
export interface Description {
  /** The cluster, if it exists. */
  readonly cluster?: {
    readonly endpoint?: string;
    readonly certificateAuthority?: { readonly data?: string };
  };
  /** The error code of Amazon EKS, or the reason why there is no usable response. */
  readonly problem?: string;
  /** Whether there was a response. */
  readonly responded: boolean;
  /** Whether another request can have another result soon, also because new permissions take a moment to become effective. */
  readonly canChange: boolean;
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html */
const CHANGING = ['AccessDeniedException', 'ThrottlingException', 'TooManyRequestsException'];

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeCluster.html */
export async function describeCluster(name: string, eksEndpoint: string): Promise<Description> {
  let answer: Response;
  try {
    const url = new URL(`/clusters/${encodeURIComponent(name)}`, eksEndpoint);
    // the certificate proves who responds, but not after a redirect
    answer = await fetch(url, { headers: await signedHeaders('eks', url), redirect: 'error', signal: AbortSignal.timeout(5_000) });
  } catch (error) {
    return { problem: `${codeOf(error) ?? (error as Error).message}`, responded: false, canChange: true };
  }
  const body = await answer.json().catch(() => undefined) as { __type?: unknown; cluster?: Description['cluster'] } | undefined;
  if (answer.ok) {
    return body?.cluster ? { cluster: body.cluster, responded: true, canChange: false } : { problem: 'the response cannot be read', responded: true, canChange: true };
  }
  const problem = errorCode(answer.headers.get('x-amzn-errortype') ?? body?.__type) ?? `status ${answer.status}`;
  return { problem, responded: true, canChange: answer.status >= 500 || CHANGING.includes(problem) };
}

/** @see https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
const errorCode = (type: unknown) => /^(?:[\w.]+#)?(\w+)(?::|$)/.exec(`${type ?? ''}`)?.[1];
