import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { addonsIn, ENV, existing, inEnv, OWN_POLICY, propertiesOf, stackWith } from './addon-stacks';
import {
  AddonConflictResolution, ExistingObjects, IrsaAddon, IrsaAddonOptions, PodCredentials, policies,
  ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole,
} from '../../lib';
import { deployed } from '../deployed';
import { newCluster, newStack } from '../stacks';

const { irsa, podIdentity } = PodCredentials;

describe('an add-on', () => {
  test('without a role is one resource, with the defaults of Amazon EKS', () => {
    const stack = stackWith({ addonName: 'snapshot-controller' });
    expect(Object.values(Template.fromStack(stack).toJSON().Resources)).toEqual([
      { Type: 'AWS::EKS::Addon', Properties: { AddonName: 'snapshot-controller', ClusterName: 'prod', ResolveConflicts: 'NONE' } },
    ]);
  });

  test('has a version, and can remain in the cluster', () => {
    const stack = stackWith({ addonName: 'metrics-server', addonVersion: 'v0.8.0-eksbuild.1', preserveOnDelete: true });
    expect(propertiesOf(stack)).toMatchObject({ AddonVersion: 'v0.8.0-eksbuild.1', PreserveOnDelete: true });
  });

  test.each(['vpc-cni', 'kube-proxy', 'coredns'])('%s overwrites the self-managed add-on that every new cluster has', (addonName) => {
    expect(propertiesOf(stackWith({ addonName })).ResolveConflicts).toBe('OVERWRITE');
  });

  test('resolves conflicts as the app says', () => {
    expect(propertiesOf(stackWith({ addonName: 'coredns', resolveConflicts: AddonConflictResolution.PRESERVE })).ResolveConflicts).toBe('PRESERVE');
  });

  test('keeps its logical ids if its construct is renamed', () => {
    const ids = ['Addon', 'Renamed'].map((id) => {
      const stack = inEnv();
      new IrsaAddon(stack, id, { cluster: existing(stack), addonName: 'aws-ebs-csi-driver' });
      return Object.keys(Template.fromStack(stack).toJSON().Resources);
    });
    expect(ids[0]).toEqual([expect.stringMatching(/^AddonAwsEbsCsiDriver[0-9A-F]{8}Role$/), expect.stringMatching(/^AddonAwsEbsCsiDriver[0-9A-F]{8}$/)]);
    expect(ids[1]).toEqual(ids[0]);
  });

  test('whose name is a token has logical ids that depend on its path', () => {
    const stack = inEnv();
    const addonName = new CfnParameter(stack, 'Name').valueAsString;
    new IrsaAddon(stack, 'Any', { cluster: existing(stack), addonName });
    expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual([expect.stringMatching(/^Any/)]);
  });

  test('waits for a new cluster, whose name can be a literal', () => {
    const stack = newStack();
    newCluster(stack, { clusterName: 'new', addons: [{ addonName: 'kube-proxy' }] });
    expect(addonsIn(stack)[0].DependsOn).toEqual([expect.stringMatching(/^Cluster/)]);
  });
});

describe('configuration values', () => {
  test('are JSON', () => {
    expect(propertiesOf(stackWith({ addonName: 'coredns', configurationValues: { replicaCount: 3, corefile: '"${a}"' } })).ConfigurationValues)
      .toBe('{"replicaCount":3,"corefile":"\\"${a}\\""}');
  });

  test('can contain a token, whose value CloudFormation escapes', () => {
    const stack = inEnv();
    const tag = new CfnParameter(stack, 'Tag').valueAsString;
    new IrsaAddon(stack, 'Addon', { cluster: existing(stack), addonName: 'aws-ebs-csi-driver', configurationValues: { controller: { extraVolumeTags: { team: tag } } } });
    const text = deployed(stack, addonsIn(stack)[0].Properties.ConfigurationValues, { partition: 'aws', region: 'eu-central-1', urlSuffix: 'amazonaws.com', parameters: { Tag: '","x":"' } });
    expect(JSON.parse(text)).toEqual({ controller: { extraVolumeTags: { team: '","x":"' } } });
  });

  test('cannot contain what JSON would drop', () => {
    const values = JSON.parse('{ "controller": { "__proto__": {} } }');
    expect(() => stackWith({ addonName: 'coredns', configurationValues: values })).toThrow('configurationValues.controller.__proto__ must be omitted: JavaScript would drop the key');
  });

  test('cannot contain a list that is known only at deployment', () => {
    const stack = inEnv();
    const zones = new CfnParameter(stack, 'Zones', { type: 'CommaDelimitedList' }).valueAsList;
    new IrsaAddon(stack, 'Addon', { cluster: existing(stack), addonName: 'coredns', configurationValues: { zones } });
    expect(() => Template.fromStack(stack)).toThrow('Stack/Addon: configurationValues.zones cannot be a list that is known only at deployment');
  });
});

describe('is an error:', () => {
  const define = (options: IrsaAddonOptions) => (stack: Stack) => new IrsaAddon(stack, 'Addon', { cluster: existing(stack), ...options });
  const requires = 'requires namespace, serviceAccountName, and managedPolicies, inlinePolicies, controllerPolicies or serviceAccountRole: '
    + 'aws eks describe-addon-versions prints the namespace, and aws eks describe-addon-configuration the service account and the policies';
  const ebs = { addonName: 'aws-ebs-csi-driver' };

  test.each<[string, (stack: Stack) => unknown, string]>([
    ['a role for an add-on that takes none', define({ addonName: 'coredns', podCredentials: irsa() }),
      'Stack/Addon: podCredentials must be omitted for the add-on coredns: Amazon EKS accepts no role for it; if its pods need one, define a ServiceAccountRole '
      + 'for their service account, with PodCredentials.podIdentity()'],
    ['the service account of a known add-on', define({ ...ebs, serviceAccountName: 'ebs' }),
      'Stack/Addon: serviceAccountName must be omitted for the add-on aws-ebs-csi-driver: its service account is known'],
    ['the role of an unknown add-on without a service account', define({ addonName: 'acme_agent', namespace: 'acme', ...OWN_POLICY }),
      `Stack/Addon: the role of the add-on acme_agent, which is not known, ${requires}`],
    ['the role of an unknown add-on without policies', define({ addonName: 'acme_agent', namespace: 'acme', serviceAccountName: 'agent' }),
      `Stack/Addon: the role of the add-on acme_agent, which is not known, ${requires}`],
    ['the role of an add-on whose name is a part of a known one', define({ addonName: 'aws-ebs-csi', ...OWN_POLICY }),
      `Stack/Addon: the library does not know the add-on aws-ebs-csi: did you mean aws-ebs-csi-driver? If the name is correct, its role ${requires}`],
    ['the role of an add-on whose name is a token, without a service account', (stack) => define({ addonName: new CfnParameter(stack, 'Name').valueAsString, podCredentials: irsa() })(stack),
      `Stack/Addon: the role of an add-on whose name is a token ${requires}`],
    ['an option for a role that exists', (stack) => define({
      ...ebs, roleName: 'ebs', serviceAccountRole: ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Ebs', 'ebs')),
    })(stack), 'Stack/Addon: roleName must be omitted if serviceAccountRole is set: set it on the construct that defines the role'],
    ['a target role', (stack) => define({ ...ebs, podCredentials: podIdentity({ targetRole: iam.Role.fromRoleName(stack, 'Target', 'target') }) })(stack),
      'Stack/Addon: targetRole of PodCredentials.podIdentity must be omitted for an add-on: an association that an add-on owns does not have it'],
    ['no session tags', define({ ...ebs, podCredentials: podIdentity({ unsafeWithoutSessionTags: true }) }),
      'Stack/Addon: unsafeWithoutSessionTags of PodCredentials.podIdentity must be omitted for an add-on: an association that an add-on owns does not have it'],
    ['an add-on that is defined twice', (stack) => {
      const cluster = existing(stack);
      new IrsaAddon(stack, 'First', { cluster, ...ebs });
      return new IrsaAddon(stack, 'Second', { cluster, ...ebs });
    }, 'Stack/Second: add-on aws-ebs-csi-driver of Stack/Prod is already defined by Stack/First, and a cluster can have it only once: remove one of the two'],
    ['a second role for its service account', (stack) => {
      const cluster = existing(stack, { podCredentials: podIdentity() });
      new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('kube-system', 'ebs-csi-controller-sa')] });
      return new IrsaAddon(stack, 'Addon', { cluster, ...ebs });
    }, 'Stack/Addon/Role: service account kube-system/ebs-csi-controller-sa of Stack/Prod already gets a role by EKS Pod Identity from Stack/Role, and it can have only one: '
      + 'use that role, or give this role another service account'],
    ['another role for its service account, later', (stack) => {
      const cluster = existing(stack, { podCredentials: podIdentity() });
      new IrsaAddon(stack, 'Addon', { cluster, ...ebs });
      return new ServiceAccountRole(stack, 'Role', { cluster, subjects: [ServiceAccountSubject.exact('kube-system', 'ebs-csi-controller-sa')] });
    }, 'Stack/Role: service account kube-system/ebs-csi-controller-sa of Stack/Prod already gets a role by EKS Pod Identity from Stack/Addon/Role, and it can have only one: '
      + 'use that role, or give this role another service account'],
    ['to take over its service account', (stack) => {
      const cluster = existing(stack);
      new IrsaAddon(stack, 'Addon', { cluster, ...ebs });
      return new ServiceAccountWithRole(stack, 'Account', { cluster, namespace: 'kube-system', serviceAccountName: 'ebs-csi-controller-sa', existing: ExistingObjects.TAKE_OVER });
    }, 'Stack/Account: the add-on Stack/Addon creates service account kube-system/ebs-csi-controller-sa, which Stack/Account defines, too: '
      + 'define the role of the account with the options of the add-on'],
    ['to have taken over its service account', (stack) => {
      const cluster = newCluster(stack);
      cluster.addServiceAccountWithRole('Account', { namespace: 'kube-system', serviceAccountName: 'ebs-csi-controller-sa', existing: ExistingObjects.TAKE_OVER });
      return cluster.addAddon('Addon', ebs);
    }, 'Stack/Cluster/Addon: the add-on Stack/Cluster/Addon creates service account kube-system/ebs-csi-controller-sa, which Stack/Cluster/Account defines, too: '
      + 'define the role of the account with the options of the add-on'],
    ['another region than that of the cluster', (stack) =>
      new IrsaAddon(stack, 'Addon', { cluster: newCluster(newStack('Other', { env: { ...ENV, region: 'eu-west-1' } }, stack.node.root as App)), ...ebs }),
    'Stack/Addon: the stack\'s region is "eu-central-1", but must be eu-west-1, the region of the cluster: define the construct in a stack there'],
    ['several add-ons of which one has a token as its name', (stack) =>
      newCluster(stack, { addons: [ebs, { addonName: new CfnParameter(stack, 'Name').valueAsString }] }),
    'Stack/Cluster: addons[1].addonName is "<token>", but must be a literal if there are several add-ons: define the add-on with addAddon and its own id'],
    ['a role of a stack that depends on the stack of the cluster and the add-on', (stack) => {
      const cluster = newCluster(stack);
      const role = new ServiceAccountRole(newStack('Roles', { env: ENV }, stack.node.root as App), 'Role', { cluster, subjects: [ServiceAccountSubject.exact('acme', 'agent')] });
      return cluster.addAddon('Ebs', { ...ebs, serviceAccountRole: role });
    }, 'Stack/Cluster/Ebs: serviceAccountRole must be in Stack, the stack of this add-on and its cluster: otherwise, the stacks depend on each other, '
      + 'because Roles/Role refers to the cluster and this add-on refers to the role; define this add-on in the stack of the role'],
    ['two add-ons with one name in the properties of the cluster', (stack) => newCluster(stack, { addons: [{ addonName: 'vpc-cni' }, ebs, { addonName: 'vpc-cni' }] }),
      'Stack/Cluster: addons[2].addonName is "vpc-cni", but must be unique: addons[0] already defines this add-on'],
    ['a name that is a mistake', (stack) => new IrsaAddon(stack, 'Addon', { cluster: existing(stack), name: 'coredns' } as any),
      'Stack/Addon: name is not a property of IrsaAddonProps: did you mean addonName, roleName or serviceAccountName?'],
  ])('%s', (_, write, message) => {
    expect(() => write(inEnv())).toThrow(new Error(message));
  });

  test('an add-on that something else defines, too', () => {
    const stack = newStack();
    const { eksCluster } = newCluster(stack, { addons: [{ addonName: 'kube-proxy' }] });
    new eks.Addon(stack, 'Theirs', { cluster: eksCluster, addonName: 'kube-proxy' });
    expect(() => Template.fromStack(stack)).toThrow('[Stack/Cluster] Stack/Cluster/Addon-kube-proxy/Resource and Stack/Theirs/Resource both define the add-on kube-proxy, '
      + 'but a cluster can have it only once: remove one of the two');
  });
});

describe('the name of an add-on', () => {
  const warnings = (addonName: string) => Annotations.fromStack(stackWith({ addonName })).findWarning('/Stack/Addon', Match.anyValue()).map(({ entry: { data } }) => data);

  test.each([
    ['aws-ebs-csi-drivr', 'aws-ebs-csi-driver'],
    ['vpc_cni', 'vpc-cni'],
    ['CoreDNS', 'coredns'],
    ['aws-ebs-csi', 'aws-ebs-csi-driver'],
    ['ebs-csi-driver', 'aws-ebs-csi-driver'],
    ['aws-vpc-cni', 'vpc-cni'],
    ['pod-identity-agent', 'eks-pod-identity-agent'],
    ['cloudwatch', 'amazon-cloudwatch-observability'],
    ['adot-collector', 'adot'],
    ['csi-driver', 'aws-ebs-csi-driver, aws-efs-csi-driver, aws-fsx-csi-driver or aws-mountpoint-s3-csi-driver'],
  ])('%s gets a warning, because it may be %s', (written, meant) => {
    expect(warnings(written)).toEqual([`addonName is "${written}", which the library does not know: did you mean ${meant}? `
      + 'If the name is correct, acknowledge this warning [ack: cdk-irsa:addon-name]']);
  });

  test.each([
    ['aws-load-balancer-controller', 'aws-load-balancer-controller', 'AwsLoadBalancerControllerPolicy'],
    ['load-balancer-controller', 'aws-load-balancer-controller', 'AwsLoadBalancerControllerPolicy'],
    ['cluster-autoscaler', 'cluster-autoscaler', 'ClusterAutoscalerPolicy'],
    ['karpenter', 'karpenter', 'KarpenterPolicy'],
    ['velero', 'velero', 'VeleroPolicy'],
  ])('%s gets a warning, because it is not an add-on', (written, controller, policy) => {
    expect(warnings(written)).toEqual([`addonName is "${written}", which the library does not know: ${controller} is not an EKS add-on. Install its Helm chart, `
      + `and define its service account with addServiceAccountWithRole and new policies.${policy}(…) in controllerPolicies. `
      + 'If the name is correct, acknowledge this warning [ack: cdk-irsa:addon-name]']);
    expect(policies).toHaveProperty(policy);
  });

  test.each(['aws-guardduty-agent', 'coredns', 'acme_agent', 'aws-privateca-connector-for-kubernetes', 'aws-secrets-store-csi-driver-provider', 'aws-network-flow-monitoring-agent'])('%s gets no warning', (addonName) => {
    expect(warnings(addonName)).toEqual([]);
  });

  test('that is a token gets no warning', () => {
    const stack = inEnv();
    new IrsaAddon(stack, 'Any', { cluster: existing(stack), addonName: new CfnParameter(stack, 'coredn').valueAsString });
    Annotations.fromStack(stack).hasNoWarning('/Stack/Any', Match.anyValue());
  });
});
