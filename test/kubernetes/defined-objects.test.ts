import { App, NestedStack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cdk8s from 'cdk8s';
import { Construct } from 'constructs';
import { ExistingObjects, IKubernetesCluster, KubernetesObjects, ServiceAccountWithRole } from '../../lib';
import { DefinedObjects } from '../../lib/kubernetes/internal/defined-objects';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { REFUSE, KEEP, TAKE_OVER } = ExistingObjects;
const ENV = { account: '123456789012', region: 'eu-central-1' };

const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } });

const apply = (scope: Construct, id: string, cluster: IKubernetesCluster, existing?: ExistingObjects) =>
  new KubernetesObjects(scope, id, { cluster, objects: [config('settings')], existing });

const clash = (other: string) => `ConfigMap default/settings is already defined by ${other}: define it once`;

const BOTH_TAKE_OVER = (other: string) => `is already defined by ${other}, and both stacks set ExistingObjects.TAKE_OVER, so each would take it from the other `
  + 'at every update: define it in one of them only; to move it to another stack, set TAKE_OVER only in that stack';

/** A chart with ConfigMaps. Its contents can change between two syntheses. */
function configChart(...names: string[]) {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  names.forEach((name) => new cdk8s.ApiObject(chart, name, config(name)));
  return chart;
}

describe('two constructs that represent the same cluster share one registry', () => {
  test('if both have the same name, account and region', () => {
    const [app, stack] = [new App(), newStack()];
    const same = (...clusters: IKubernetesCluster[]) => new Set(clusters.map((cluster) => DefinedObjects.in(cluster))).size === 1;
    expect(same(new ExistingCluster(stack, 'One'), new ExistingCluster(stack, 'Two'), new ExistingCluster(newStack('Other', {}, stack.node.root), 'Three'))).toBe(true);
    expect(same(
      newCluster(newStack('Defined', { env: ENV }, app), { clusterName: 'existing' }),
      new ExistingCluster(newStack('Imported', {}, app), 'Cluster'),
      new ExistingCluster(newStack('InStage', {}, new Stage(app, 'Stage')), 'Cluster'),
    )).toBe(true);
  });

  test('if one has the name of the only such cluster in the app, and no environment is known', () => {
    const app = new App();
    const cluster = newCluster(newStack('Defined', {}, app), { clusterName: 'existing' });
    const other = newStack('Imported', {}, app);
    const imported = new Proxy(new ExistingCluster(other, 'Cluster'), {
      get: (target, property) => (property === 'clusterArn' ? other.formatArn({ service: 'eks', resource: 'cluster', resourceName: 'existing' }) : Reflect.get(target, property)),
    });
    expect(DefinedObjects.in(imported)).toBe(DefinedObjects.in(cluster));
  });

  test('if both are the same EKS cluster, whose name is known only at deployment', () => {
    const cluster = newCluster(newStack());
    expect(DefinedObjects.in(new Proxy(cluster, {}))).toBe(DefinedObjects.in(cluster));
  });

  test('so that an object that both define is an error', () => {
    const stack = newStack();
    const cluster = newCluster(stack, { clusterName: 'test' });
    apply(stack, 'First', cluster);
    apply(stack, 'Second', new Proxy(cluster, {}));
    expect(() => Template.fromStack(stack)).toThrow(`[Stack/Second] ${clash('Stack/First')}`);
    const app = new App();
    for (const id of ['One', 'Other']) { // an import in each stage
      const apps = newStack('Apps', {}, new Stage(app, id));
      apply(apps, 'Objects', new ExistingCluster(apps, 'Cluster'));
    }
    expect(() => app.synth()).toThrow(`[Other/Apps/Objects] ${clash('One/Apps/Objects')}`);
  });
});

describe('clusters with the same name are different', () => {
  const different = (one: IKubernetesCluster, other: IKubernetesCluster) => DefinedObjects.in(one) !== DefinedObjects.in(other);

  test('in stacks and stages without an environment', () => {
    const app = new App();
    const clusters = [app, app, new Stage(app, 'Beta'), new Stage(app, 'Prod')].map((scope, i) => newCluster(newStack(`Stack${i}`, {}, scope), { clusterName: 'main' }));
    expect(new Set(clusters.map((cluster) => DefinedObjects.in(cluster))).size).toBe(4);
  });

  test('in different accounts or regions, and in different apps', () => {
    const app = new App();
    const inPlace = (id: string, env: object, scope = app) => newCluster(newStack(id, { env: { ...ENV, ...env } }, scope), { clusterName: 'main' });
    const one = inPlace('One', {});
    expect(different(one, inPlace('Region', { region: 'us-west-2' }))).toBe(true);
    expect(different(one, inPlace('Account', { account: '210987654321' }))).toBe(true);
    expect(different(one, inPlace('App', {}, new App()))).toBe(true);
    expect(different(one, newCluster(newStack('Name', { env: ENV }, app), { clusterName: 'other' }))).toBe(true);
  });
});

test.each([
  [REFUSE, REFUSE, false], [REFUSE, KEEP, false], [REFUSE, TAKE_OVER, true],
  [KEEP, REFUSE, false], [KEEP, KEEP, true], [KEEP, TAKE_OVER, true],
  [TAKE_OVER, REFUSE, true], [TAKE_OVER, KEEP, true],
])('an object in one stack with %s and in another with %s is accepted: %s', (one, other, passes) => {
  const app = new App();
  const cluster = newCluster(newStack('ClusterStack', {}, app));
  apply(newStack('One', {}, app), 'Objects', cluster, one);
  apply(newStack('Other', {}, app), 'Objects', cluster, other);
  const synthesis = expect(() => app.synth());
  if (passes) {
    synthesis.not.toThrow();
  } else {
    synthesis.toThrow(`[Other/Objects] ${clash('One/Objects')}, or set existing: ExistingObjects.TAKE_OVER here while you move it to this stack`);
  }
});

test('an object that two stacks take over is an error, since each would take it from the other', () => {
  const app = new App();
  const cluster = newCluster(newStack('ClusterStack', {}, app));
  apply(newStack('One', {}, app), 'Objects', cluster, TAKE_OVER);
  apply(newStack('Other', {}, app), 'Objects', cluster, TAKE_OVER);
  expect(() => app.synth()).toThrow(new Error(`Validation failed with the following errors:\n  [Other/Objects] ConfigMap default/settings ${BOTH_TAKE_OVER('One/Objects')}`));
});

test('a service account that two stacks take over is an error, since each would take it from the other', () => {
  const app = new App();
  const cluster = newCluster(newStack('ClusterStack', {}, app));
  const account = (stack: string) => () =>
    new ServiceAccountWithRole(newStack(stack, {}, app), 'Reader', { cluster, serviceAccountName: 'reader', existing: TAKE_OVER });
  account('One')();
  expect(account('Other')).toThrow(new Error(`Other/Reader: service account default/reader of ClusterStack/Cluster ${BOTH_TAKE_OVER('One/Reader')}`));
});

test.each([[REFUSE, false], [TAKE_OVER, false], [KEEP, true]])('an object in two sets of one stack with %s is accepted: %s', (existing, passes) => {
  const stack = newStack();
  const cluster = newCluster(stack);
  ['One', 'Other'].forEach((id) => apply(stack, id, cluster, existing));
  const synthesis = expect(() => Template.fromStack(stack));
  if (passes) {
    synthesis.not.toThrow();
  } else {
    synthesis.toThrow(/\[Stack\/Other\] ConfigMap default\/settings is already defined by Stack\/One: define it once$/);
  }
});

test('a nested stack is a separate stack, which can take over an object of its parent', () => {
  const objects = (existing?: ExistingObjects) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    apply(stack, 'Objects', cluster);
    apply(new NestedStack(stack, 'Nested'), 'Objects', cluster, existing);
    return () => Template.fromStack(stack);
  };
  expect(objects()).toThrow(`[Stack/Nested/Objects] ${clash('Stack/Objects')}, or set existing`);
  expect(objects(TAKE_OVER)).not.toThrow();
});

test('an object in a stage that is synthesized alone is compared with other stages once they are synthesized', () => {
  const app = new App();
  const [one, other] = ['One', 'Other'].map((id) => {
    const stack = newStack('Stack', {}, new Stage(app, id));
    apply(stack, 'Objects', new ExistingCluster(stack, 'Cluster'));
    return stack;
  });
  expect(() => Template.fromStack(one)).not.toThrow();
  expect(() => Template.fromStack(one)).not.toThrow();
  expect(() => Template.fromStack(other)).toThrow(`[Other/Stack/Objects] ${clash('One/Stack/Objects')}`);
});

describe('a definition is forgotten', () => {
  test('if the constructor of the account fails', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const account = (id: string, props: object = {}) => new ServiceAccountWithRole(stack, id, { cluster, serviceAccountName: 'reader', ...props });
    expect(() => account('Bad', { labels: { team: 'a b' } })).toThrow('Stack/Bad: labels');
    expect(() => account('Bad2', { cluster: Object.create(cluster, { issuer: { value: undefined } }) })).toThrow('must be a cluster with a known OIDC issuer');
    expect(() => account('Good')).not.toThrow();
    expect(() => account('Again')).toThrow('is already defined by Stack/Good');
  });

  test('if its construct, or a construct around it, is removed', () => {
    const stack = newStack();
    const cluster = newCluster(stack);
    apply(stack, 'First', cluster);
    const wrapper = new Construct(stack, 'Wrapper');
    new ServiceAccountWithRole(wrapper, 'Reader', { cluster, serviceAccountName: 'reader' });
    apply(stack, 'Second', cluster);
    expect(() => Template.fromStack(stack)).toThrow(clash('Stack/First'));
    stack.node.tryRemoveChild('First');
    stack.node.tryRemoveChild('Wrapper');
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test.each([['earlier', 'later', 0, 1], ['later', 'earlier', 1, 0]])('if the object moves from the %s to the %s of two charts between two syntheses', (_, __, from, to) => {
    const app = new App();
    const stack = newStack('Stack', {}, app);
    const cluster = newCluster(stack);
    const charts = [configChart('a'), configChart('b')];
    charts.forEach((chart, i) => new KubernetesObjects(stack, `Objects${i}`, { cluster, charts: [chart] }));
    const addTo = (chart: cdk8s.Chart) => new cdk8s.ApiObject(chart, 'moved', config('moved'));
    addTo(charts[from]);
    expect(() => app.synth()).not.toThrow();
    charts[from].node.tryRemoveChild('moved');
    addTo(charts[to]);
    expect(() => app.synth({ force: true })).not.toThrow();
    addTo(charts[from]);
    expect(() => app.synth({ force: true })).toThrow('[Stack/Objects1] ConfigMap default/moved is already defined by Stack/Objects0: define it once');
  });
});

test.each(['before', 'after'])('a service account in a chart %s a ServiceAccountWithRole with the same name is one error', (place) => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const account = () => new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  new cdk8s.ApiObject(chart, 'Account', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'reader' } });
  const charts = () => new KubernetesObjects(stack, 'Charts', { cluster, charts: [chart] });
  (place === 'before' ? [charts, account] : [account, charts]).forEach((define) => define());
  expect(() => Template.fromStack(stack)).toThrow(
    /errors:\n {2}\[Stack\/Charts\] ServiceAccount reader is already defined by Stack\/Reader: define it once$/);
});

test('how often a chart is rendered does not depend on the number of sets in the stack', () => {
  const renderings = (count: number) => {
    const stack = newStack();
    const cluster = newCluster(stack);
    const charts = Array.from({ length: count }, (_, i) => configChart(`config-${i}`));
    const calls = charts.map((chart) => jest.spyOn(chart, 'toJson'));
    charts.forEach((chart, i) => new KubernetesObjects(stack, `Objects${i}`, { cluster, charts: [chart] }));
    Template.fromStack(stack);
    return calls.map(({ mock }) => mock.calls.length);
  };
  const [few, many] = [renderings(10), renderings(40)];
  expect(new Set([...few, ...many]).size).toBe(1);
  expect(many[0]).toBeLessThanOrEqual(6);
});
