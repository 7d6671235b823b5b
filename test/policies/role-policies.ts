import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControllerTable, Statement } from './controller-table';
import { Place } from './place';
import { IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject } from '../../lib';

const ISSUER = '0123456789ABCDEF0123456789ABCDEF';

const cluster = (stack: Stack, { partition, region, clusterName }: Place) => IrsaCluster.fromClusterAttributes(stack, clusterName, {
  clusterName, issuerUrl: `https://oidc.eks.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/id/${ISSUER}`,
});

const stackIn = ({ account, region }: Place) => new Stack(new App(), 'Stack', { env: { account, region } });

/** The statements of the role of a controller, as CloudFormation writes them into the role. */
export function statementsOf(table: ControllerTable, place: Place): Statement[] {
  const stack = stackIn(place);
  const subjects = [ServiceAccountSubject.exact('controllers', 'controller')];
  new ServiceAccountRole(stack, 'Controller', { cluster: cluster(stack, place), subjects, controllerPolicies: [table.policy(stack, place)] });
  return statementsIn(stack, place);
}

/** The same for a role that two clusters share with EKS Pod Identity. */
export function sharedStatementsOf(table: ControllerTable, place: Place): Statement[] {
  const stack = stackIn(place);
  const subjects = [ServiceAccountSubject.exact('controllers', 'controller')];
  const role = new ServiceAccountRole(stack, 'Controller', {
    cluster: cluster(stack, place), subjects, credentials: PodCredentials.podIdentity(), controllerPolicies: [table.policy(stack, place)],
  });
  role.addTrust(cluster(stack, { ...place, clusterName: 'other' }), ...subjects);
  return statementsIn(stack, place);
}

function statementsIn(stack: Stack, place: Place): Statement[] {
  const resources = Object.values<any>(Template.fromStack(stack).toJSON().Resources);
  const policies = resources.filter(({ Type }) => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type));
  return completed(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement), place);
}

/** What CloudFormation makes of a value, in which only pseudo parameters are not known. */
function completed(value: any, place: Place): any {
  if (Array.isArray(value)) {
    return value.map((item) => completed(item, place));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (value.Ref) {
    const known: { [name: string]: string } = { 'AWS::Partition': place.partition, 'AWS::Region': place.region, 'AWS::AccountId': place.account };
    return known[value.Ref] ?? `\${${value.Ref}}`;
  }
  if (value['Fn::Join']) {
    const [separator, parts] = value['Fn::Join'];
    return completed(parts, place).join(separator);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, completed(item, place)]));
}
