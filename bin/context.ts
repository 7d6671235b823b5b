import type { IrsaTestStackProps } from './irsa-test-stack';

/** Properties of the stack that `-c` sets. */
type Settings = Pick<IrsaTestStackProps, 'kubernetesVersion' | 'adminPrincipalArn' | 'allowPodImdsAccess'>;

interface Key<T> {
  /** What it means and its default, for `--help`. */
  readonly meaning: string;
  /** @throws if the value is not allowed. */
  readonly parse: (value: string) => T;
}

/** The AWS Region of the example. */
export const REGION = 'us-west-2';

/** Where the stacks of the examples are. */
export const ENV = { account: process.env.CDK_DEFAULT_ACCOUNT || undefined, region: REGION };

/** The newest minor version of Kubernetes 1 that this example is tested with. The library accepts newer ones. */
const NEWEST_MINOR = 36;

/** The context keys of the example. Context from cdk.json can have values of other types than string. */
export const KEYS: { readonly [K in keyof Settings]-?: Key<Settings[K]> } = {
  kubernetesVersion: {
    meaning: `minor version of Kubernetes, from 1.32 to 1.${NEWEST_MINOR}; default: 1.36`,
    parse: (value) => {
      const [, minor] = /^1\.(\d+)$/.exec(value) ?? [];
      if (Number(minor) > NEWEST_MINOR) {
        throw new Error(`kubernetesVersion is "${value}", but must be 1.${NEWEST_MINOR} or earlier: this example is not tested with newer versions; `
          + `if Amazon EKS offers Kubernetes ${value}, set version in your own stack`);
      }
      return value; // IrsaCluster checks the rest
    },
  },
  adminPrincipalArn: {
    meaning: 'ARN of an IAM role or user to make an administrator of the cluster; default: none',
    parse: (value) => {
      if (!/^arn:[^:]+:iam::\d{12}:(role|user)\/./.test(value)) {
        throw new Error(`adminPrincipalArn is "${value}", but must be the ARN of an IAM role or user: arn:aws:iam::<account>:role/<name>, `
          + 'not that of a session of it, as aws sts get-caller-identity shows');
      }
      return value;
    },
  },
  allowPodImdsAccess: {
    meaning: 'true or false: whether pods can use the credentials of their node; default: false',
    parse: (value) => {
      if (value !== 'true' && value !== 'false') {
        throw new Error(`allowPodImdsAccess is "${value}", but must be true or false`);
      }
      return value === 'true';
    },
  },
};

/**
 * Keys of aws-cdk and its CLI without a namespace. All others have one, such as feature flags (`@aws-cdk/core:…`), what the CLI adds
 * (`aws:cdk:…`) and the results of lookups (`availability-zones:…`).
 */
const KEYS_OF_CDK = ['acknowledged-issue-numbers', 'assets-ecr-repository-name', 'cdk-migrate', 'cli-telemetry'];

const isOfCdk = (key: string) => /[:@]/.test(key) || KEYS_OF_CDK.includes(key);

/**
 * The settings in the context of an app.
 *
 * @param keys the keys that the app accepts, by default all.
 * @throws if a key is unknown, because a misspelt one would have no effect, or if a value is not allowed.
 */
export function settingsIn(context: { readonly [key: string]: unknown }, keys: { readonly [name: string]: Key<unknown> } = KEYS): Settings {
  const names = Object.keys(keys);
  const unknown = Object.keys(context).find((key) => !isOfCdk(key) && !names.includes(key));
  if (unknown !== undefined) {
    throw new Error(`unknown context key "${unknown}": ${names.length > 1 ? 'the keys are' : 'the only key is'} ${names.join(', ')}, and those of aws-cdk`);
  }
  return Object.fromEntries(names.filter((name) => context[name] !== undefined).map((name) => [name, keys[name].parse(String(context[name]))]));
}
