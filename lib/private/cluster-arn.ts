import { Token } from 'aws-cdk-lib';

/** The parts of the ARN of a cluster that are literals. */
export interface ClusterArnParts {
  readonly region?: string;
  readonly account?: string;
  readonly name?: string;
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html for the form of the ARN */
export function partsOfClusterArn(clusterArn: string): ClusterArnParts {
  const [, , , region, account, , name] = clusterArn.split(/[:/]/);
  return { region: literal(region), account: literal(account), name: literal(name) };
}

const literal = (part?: string) => (Token.isUnresolved(part) ? undefined : part);
