import { literalOf } from './texts';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';

/** What the template of pods says about credentials, beside the service account. */
export interface ContainerSettings {
  /** Why SDKs in the pods may not use the credentials of the service account. */
  readonly changesDefault?: string;
  /** Why the pods may have credentials that the templates do not show. */
  readonly otherCredentials?: string;
}

/** The webhook and the agent do not set a variable that a container has already. */
const OF_SERVICE_ACCOUNT = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'];

const OTHERS = ['AWS_ACCESS_KEY_ID', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];

const SKIP = 'eks.amazonaws.com/skip-containers';

/**
 * The settings of containers that change the credentials of their SDKs.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 * @see https://github.com/aws/amazon-eks-pod-identity-webhook#eks-walkthrough
 */
export function containerSettings(pods: (...path: string[]) => Resolved): ContainerSettings {
  const containers = ['containers', 'initContainers'].flatMap((name) => listOf(pods('spec', name)));
  const names = containers.flatMap((container) => (container instanceof ResolvedMap ? listOf(container.get('env')) : []))
    .map((variable) => (variable instanceof ResolvedMap ? literalOf(variable.get('name')) ?? '' : ''));
  const set = (variables: readonly string[]) => variables.find((name) => names.includes(name));
  const [changed, other] = [set(OF_SERVICE_ACCOUNT), set(OTHERS)];
  const isSkipped = pods('metadata', 'annotations', SKIP) !== undefined;
  return {
    ...isSkipped && { changesDefault: `has the annotation ${SKIP}` },
    ...changed && { changesDefault: `sets the environment variable ${changed}` },
    ...other && { otherCredentials: `sets the environment variable ${other}` },
  };
}
