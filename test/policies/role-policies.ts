import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ControllerTable, PolicyDocument } from './controller-table';
import { Place } from './place';
import { IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject } from '../../lib';

const SUBJECTS = [ServiceAccountSubject.exact('controllers', 'controller')];
/** Each cluster has an issuer of its own. */
const issuerIdOf = (clusterName: string) => clusterName.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 32).padEnd(32, '0');

const cluster = (stack: Stack, { partition, region, clusterName }: Place) => IrsaCluster.fromIrsaClusterAttributes(stack, clusterName, {
  clusterName, issuerUrl: `https://oidc.eks.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/id/${issuerIdOf(clusterName)}`,
});

const stackIn = ({ account, region }: Place) => new Stack(new App(), 'Stack', { env: { account, region } });

/** The policies of the role of a controller, as CloudFormation writes them. */
export function policiesOf({ policy }: Pick<ControllerTable, 'policy'>, place: Place): PolicyDocument[] {
  const stack = stackIn(place);
  new ServiceAccountRole(stack, 'Controller', { cluster: cluster(stack, place), subjects: SUBJECTS, controllerPolicies: [policy(stack, place)] });
  return policiesIn(stack, place);
}

/** The same for a role that two clusters share with EKS Pod Identity. */
export function sharedPoliciesOf({ policy }: Pick<ControllerTable, 'policy'>, place: Place): PolicyDocument[] {
  const stack = stackIn(place);
  const role = new ServiceAccountRole(stack, 'Controller', {
    cluster: cluster(stack, place), subjects: SUBJECTS, podCredentials: PodCredentials.podIdentity(), controllerPolicies: [policy(stack, place)],
  });
  role.addTrust(cluster(stack, { ...place, clusterName: 'other' }), ...SUBJECTS);
  return policiesIn(stack, place);
}

function policiesIn(stack: Stack, place: Place): PolicyDocument[] {
  const policies = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return policies.map(({ Properties }) => completed(Properties.PolicyDocument, place));
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
