import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster, IrsaCluster, policies, ServiceAccountSubject } from '../../lib';

export const ENV = { account: '123456789012', region: 'eu-central-1' };
export const SUBJECTS = [ServiceAccountSubject.exact('apps', 'controller')];

/** Each cluster has an issuer of its own, with an id of 32 characters. */
const issuerUrlOf = (clusterName: string, region: string) =>
  `https://oidc.eks.${region}.amazonaws.com/id/${clusterName.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 32).padEnd(32, '0')}`;

export const existing = (stack: Stack, clusterName = 'prod', region = ENV.region): IIrsaCluster => IrsaCluster.fromIrsaClusterAttributes(stack, `${clusterName}-${region}`, {
  clusterName, clusterArn: `arn:aws:eks:${region}:${ENV.account}:cluster/${clusterName}`, issuerUrl: issuerUrlOf(clusterName, region),
});

export const reading = (resource = '*') => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [resource] });
export const custom = (...statements: iam.PolicyStatement[]) => new policies.CustomControllerPolicy({ statements });

/** Tags of the cluster, in the value of a condition. */
export class Tagged implements policies.IControllerPolicy {
  public bind({ clusterName }: policies.ControllerPolicyContext): policies.ControllerPolicyConfig {
    const conditions = { StringEquals: { 'aws:ResourceTag/cluster': clusterName } };
    return { statements: [new iam.PolicyStatement({ actions: ['ec2:DeleteVolume'], resources: ['*'], conditions })] };
  }
}

export const policiesIn = (stack: Stack) => Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties);
export const statementsIn = (stack: Stack) => policiesIn(stack).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
