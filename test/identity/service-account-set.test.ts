import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { accountsIn, addTo, define, fill, idOf, idOfSet, policy, resourcesOf } from './service-account-sets';
import { ExistingObjects, KubernetesObjects, ServiceAccountRole, ServiceAccountSet, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { circleIn } from '../circular-references';
import { newCluster, newStack } from '../stacks';

describe('the accounts of a set', () => {
  test('are applied by one custom resource, and each has its own role', () => {
    const { stack, set } = define();
    const [a, b] = [addTo(set, 'a'), addTo(set, 'b', { namespace: 'kube-system', labels: { team: 'data' }, automountServiceAccountToken: false })];
    expect(accountsIn(stack)).toEqual([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'a', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': `<${idOf(a.role)}.Arn>` } } },
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'b', namespace: 'kube-system', labels: { team: 'data' }, annotations: { 'eks.amazonaws.com/role-arn': `<${idOf(b.role)}.Arn>` } },
        automountServiceAccountToken: false,
      },
    ]);
    Template.fromStack(stack).resourceCountIs('Custom::KubernetesObjects', 1);
    expect(idOf(a.role)).not.toBe(idOf(b.role));
  });

  test('can be defined deeper in the scope of the set', () => {
    const { stack, cluster, set } = define();
    new ServiceAccountWithRole(new Construct(set, 'Part'), 'A', { cluster, serviceAccountName: 'a' });
    expect(Object.keys(Template.fromStack(stack).findResources('Custom::KubernetesObjects'))).toEqual([idOfSet(set)]);
  });

  test.each([1, 100, 140])('need one resource each, plus one for every 100 accounts: %i', (count) => {
    const resources = (accounts: number) => {
      const stack = newStack();
      const cluster = newCluster(stack);
      for (let i = 0; i < accounts; i += 100) {
        fill(new ServiceAccountSet(stack, `Team${i}`, { cluster }), Math.min(accounts - i, 100), i);
      }
      return Object.keys(resourcesOf(stack)).length;
    };
    expect(resources(count)).toBe(resources(0) + count + Math.ceil(count / 100));
  });

  test('need one more resource if they have grants', () => {
    const { stack, set } = define();
    const bucket = new s3.Bucket(stack, 'Bucket');
    const accounts = fill(set, 3);
    accounts.slice(1).forEach((account) => bucket.grantRead(account));
    const granted = accounts.map(({ role }) => [{ Ref: idOf(role) }]);
    const policies = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties.Roles);
    expect(policies.filter((roles) => JSON.stringify(granted).includes(JSON.stringify(roles)))).toEqual(granted.slice(1));
  });

  test('are all rejected or all taken over if they already exist', () => {
    for (const existing of [undefined, ExistingObjects.TAKE_OVER]) {
      Template.fromStack(define(existing).stack).hasResourceProperties('Custom::KubernetesObjects', { Existing: existing ?? 'REFUSE' });
    }
  });

  test('leave the set together with their role when they are removed, and their names can be used again', () => {
    const { stack, set } = define();
    fill(set, 100);
    set.node.tryRemoveChild('A-0');
    addTo(set, 'a-0', { description: 'the second' });
    expect(accountsIn(stack).map(({ metadata }) => metadata.name)).toEqual([...Array.from({ length: 99 }, (_, i) => `a-${i + 1}`), 'a-0']);
    Template.fromStack(stack).resourcePropertiesCountIs('AWS::IAM::Role', { Description: 'the second' }, 1);
  });

  test('have roles with the same logical IDs as outside of a set, so that moving an account changes no role', () => {
    const roleOf = (place: (stack: Stack) => ServiceAccountWithRole) => idOf(place(newStack()).role);
    const alone = roleOf((stack) => new ServiceAccountWithRole(stack, 'Alone', { cluster: newCluster(stack), serviceAccountName: 'a' }));
    for (const id of ['One', 'Other']) {
      expect(roleOf((stack) => addTo(new ServiceAccountSet(stack, id, { cluster: newCluster(stack) }), 'a'))).toBe(alone);
    }
  });
});

describe('the custom resource of a set', () => {
  test('refers to the roles of its accounts, and does not wait for policies', () => {
    const { stack, set } = define();
    const bucket = new s3.Bucket(stack, 'Bucket');
    const accounts = fill(set, 3);
    accounts.forEach((account) => bucket.grantRead(account));
    const { DependsOn, Properties } = resourcesOf(stack)[idOfSet(set)];
    expect(DependsOn).toEqual([expect.stringMatching(/EventInvokeConfig/)]);
    expect(Properties.Objects.map(({ Values }: any) => Values)).toEqual(accounts.map(({ role }) => [
      { Path: '/metadata/annotations/eks.amazonaws.com~1role-arn', Value: { 'Fn::GetAtt': [idOf(role), 'Arn'] } },
    ]));
  });

  test('waits for the dependencies of its accounts, including accounts with a shared role', () => {
    const { stack, cluster, set } = define();
    const shared = new ServiceAccountRole(stack, 'Shared', { cluster, subjects: [ServiceAccountSubject.exact('default', 'other')] });
    const [first, second, third] = ['First', 'Second', 'Third'].map((id) => new sns.Topic(stack, id));
    const part = new Construct(set, 'Part');
    const account = new ServiceAccountWithRole(part, 'A', { cluster, serviceAccountName: 'a', serviceAccountRole: shared });
    const own = addTo(set, 'b');
    account.node.addDependency(first);
    part.node.addDependency(second);
    own.node.addDependency(third);
    const resources = resourcesOf(stack);
    expect(resources[idOfSet(set)].DependsOn).toEqual(expect.arrayContaining([first, second].map(idOf)));
    expect(resources[idOf(own.role)].DependsOn).toEqual([idOf(third)]);
    expect(resources[idOf(shared.role)].DependsOn).toBeUndefined();
    expect(circleIn(stack)).toBeUndefined();
  });

  test('does not wait for workloads and policies below an account, so that these can wait for the set', () => {
    const { stack, cluster, set } = define();
    const [account, other] = ['a', 'b'].map((name) => addTo(set, name));
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'workload' } };
    new KubernetesObjects(account, 'Workload', { cluster, objects: [config] }).node.addDependency(account);
    new s3.Bucket(stack, 'Bucket').grantRead(account);
    account.role.node.findChild('DefaultPolicy').node.addDependency(other);
    expect(circleIn(stack)).toBeUndefined();
  });

  test('waits for the namespaces of its accounts', () => {
    const { stack, set } = define();
    addTo(set, 'a', { namespace: 'team' });
    const [namespaces] = Object.keys(Template.fromStack(stack).findResources('Custom::KubernetesObjects', { Properties: { Existing: 'KEEP' } }));
    expect(resourcesOf(stack)[idOfSet(set)].DependsOn).toContain(namespaces);
  });

  test('is the only resource of accounts that share a role', () => {
    const { stack, cluster, set } = define();
    const { serviceAccountRole } = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
    const accounts = ['a', 'b'].map((name) => addTo(set, name, { serviceAccountRole }));
    expect(accounts.map(({ role }) => role)).toEqual([serviceAccountRole.role, serviceAccountRole.role]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { 'Fn::Sub': [Match.stringLikeRegexp('default:reader.*default:a.*default:b'), Match.anyValue()] },
    });
    expect(accountsIn(stack).map(({ metadata }) => Object.values(metadata.annotations))).toEqual(Array(3).fill([`<${idOf(serviceAccountRole.role)}.Arn>`]));
  });
});

describe('there are no circular dependencies', () => {
  /** An account has grants for a bucket that waits for another account of its set. A topic and an account of another set wait for the account. */
  function use(scope: Construct, set: ServiceAccountSet, other: ServiceAccountSet) {
    const account = addTo(set, 'a', { managedPolicies: [policy] });
    const bucket = new s3.Bucket(scope, 'Bucket');
    bucket.grantReadWrite(account);
    bucket.node.addDependency(addTo(set, 'b', { namespace: 'team' }));
    const consumer = new sns.Topic(scope, 'Consumer');
    consumer.node.addDependency(account);
    const late = addTo(other, 'c', { namespace: 'team' });
    late.node.addDependency(account);
    return { account, consumer, late };
  }

  test('in one stack, and constructs that depend on an account wait for its role, its policy and the set', () => {
    const { stack, cluster, set } = define();
    const { account, consumer, late } = use(stack, set, new ServiceAccountSet(stack, 'Other', { cluster }));
    expect(circleIn(stack)).toBeUndefined();
    const wanted = [idOf(account.role), idOf(account.role.node.findChild('DefaultPolicy')), idOfSet(set)].sort();
    expect(resourcesOf(stack)[idOf(consumer)].DependsOn.sort()).toEqual(wanted);
    expect(resourcesOf(stack)[idOf(late.role)].DependsOn.sort()).toEqual(wanted);
  });

  test('with a nested stack that contains the sets, or constructs that depend on their accounts', () => {
    const { stack, cluster, set } = define();
    const nested = new NestedStack(stack, 'Nested');
    const [inNested, later] = ['Team', 'Other'].map((id) => new ServiceAccountSet(nested, id, { cluster }));
    use(nested, inNested, later);
    const account = addTo(set, 'parent');
    const below = new NestedStack(stack, 'Below');
    new sns.Topic(below, 'Consumer').node.addDependency(account);
    expect([stack, nested, below].map(circleIn)).toEqual([undefined, undefined, undefined]);
    expect(resourcesOf(stack)[stack.resolve((below.nestedStackResource as CfnResource).logicalId)].DependsOn).toContain(idOfSet(set));
  });

  test('across stacks, with the bucket and the consumer in other stacks', () => {
    const app = new App();
    const [clusterStack, team, buckets, consumers] = ['ClusterStack', 'TeamStack', 'Buckets', 'Consumers'].map((id) => newStack(id, {}, app));
    const cluster = newCluster(clusterStack);
    const [set, other] = ['Team', 'Other'].map((id) => new ServiceAccountSet(team, id, { cluster }));
    const { account } = use(team, set, other);
    new s3.Bucket(buckets, 'Bucket').grantRead(account);
    new sns.Topic(consumers, 'Consumer').node.addDependency(account);
    expect([clusterStack, team, buckets, consumers].map(circleIn)).toEqual(Array(4).fill(undefined));
    expect(consumers.dependencies).toEqual([team]);
    expect(team.dependencies).toEqual(expect.arrayContaining([clusterStack, buckets]));
    Template.fromStack(team).resourceCountIs('AWS::Lambda::Function', 0);
  });
});
