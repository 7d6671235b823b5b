import { arnOf } from './scene';
import { Answer, SurroundingAws, TestCluster } from '../../local-aws/test-cluster';

/** An EKS cluster in a template. Without `access`, its authentication mode is the default of CloudFormation. */
export const eksCluster = (name: string, access?: object) => ({
  Type: 'AWS::EKS::Cluster', Properties: { Name: name, RoleArn: arnOf('cluster'), ResourcesVpcConfig: { SubnetIds: [] }, ...access && { AccessConfig: access } },
});

export const accessEntry = (cluster: string, role: string, properties: object = {}) => ({
  Type: 'AWS::EKS::AccessEntry', DependsOn: 'Cluster', Properties: { ClusterName: cluster, PrincipalArn: arnOf(role), ...properties },
});

/** A policy in an access entry, for the whole cluster unless there are namespaces. */
export const accessPolicy = (policy: string, ...namespaces: string[]) => ({
  PolicyArn: `arn:aws:eks::aws:cluster-access-policy/${policy}`,
  AccessScope: namespaces.length ? { Type: 'namespace', Namespaces: namespaces } : { Type: 'cluster' },
});

/** A role of the account that sends requests to a cluster, with a token of the AWS CLI. */
export class Principal {
  public static async of(cluster: TestCluster, role: string): Promise<Principal> {
    return new Principal(cluster, await tokenOf(cluster.aws, cluster.name, role));
  }

  private constructor(private readonly cluster: TestCluster, private readonly token: string) {}

  public send(method: string, path: string, body?: object): Promise<Answer> {
    return this.cluster.send(method, path, body, undefined, this.token);
  }

  /** Whether the API server would create an object. */
  public async creates(path: string, object: object): Promise<boolean> {
    const { status, body } = await this.send('POST', `${path}?dryRun=All`, object);
    if (![201, 403].includes(status)) {
      throw new Error(`${status} ${JSON.stringify(body)}`);
    }
    return status === 201;
  }

  /** The user name and the groups in Kubernetes, or the status if the token is not accepted. */
  public async whoami(): Promise<{ username: string; groups: string[] } | number> {
    const { status, body } = await this.send('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });
    return status === 201 ? { username: body.status.userInfo.username, groups: body.status.userInfo.groups } : status;
  }
}

async function tokenOf(aws: SurroundingAws, cluster: string, role: string): Promise<string> {
  const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role });
  const { output } = await aws.aws(['eks', 'get-token', '--cluster-name', cluster, '--output', 'json'], credentials);
  return JSON.parse(output).status.token;
}
