import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { ServiceAccountWithRole } from '../lib';

/** The minor version must be that of Kubernetes. */
const IMAGE = 'registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.1';
const NAME = 'cluster-autoscaler';
const NAMESPACE = 'kube-system';

/** What Cluster Autoscaler has to know of its cluster. */
export interface ClusterAutoscalerChartProps {
  readonly account: ServiceAccountWithRole;
  readonly clusterName: string;
  readonly region: string;
}

/**
 * Cluster Autoscaler in namespace `kube-system`, with the permissions in Kubernetes that it needs.
 *
 * @see https://github.com/kubernetes/autoscaler/tree/cluster-autoscaler-1.36.0/cluster-autoscaler/cloudprovider/aws/examples
 */
export class ClusterAutoscalerChart extends cdk8s.Chart {
  constructor(props: ClusterAutoscalerChartProps) {
    super(new cdk8s.App(), 'ClusterAutoscaler');
    const { serviceAccountName, namespace: namespaceName } = props.account;
    // without namespaceName, its bindings would name an account in the namespace `default`
    const serviceAccount = kplus.ServiceAccount.fromServiceAccountName(this, 'ServiceAccount', serviceAccountName, { namespaceName });
    this.allowInCluster(serviceAccount);
    this.allowInNamespace(serviceAccount);
    this.deploy(serviceAccount, props);
  }

  private deploy(serviceAccount: kplus.IServiceAccount, { clusterName, region }: ClusterAutoscalerChartProps): void {
    new kplus.Deployment(this, 'Deployment', {
      metadata: { name: NAME, namespace: NAMESPACE },
      replicas: 1,
      serviceAccount,
      // it reads pods and nodes; by default, pods of cdk8s-plus get no token for the Kubernetes API
      automountServiceAccountToken: true,
      containers: [{
        name: NAME,
        image: IMAGE,
        command: ['./cluster-autoscaler'],
        args: [
          '--cloud-provider=aws',
          // the groups of managed nodegroups: Amazon EKS sets this tag
          `--node-group-auto-discovery=asg:tag=eks:cluster-name=${clusterName}`,
          '--expander=least-waste',
          '--skip-nodes-with-local-storage=false',
        ],
        // pods do not reach the instance metadata service, where it would otherwise find its Region
        envVariables: { AWS_REGION: kplus.EnvValue.fromValue(region) },
        securityContext: { user: 65534, group: 65534 },
        resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: cdk8s.Size.mebibytes(600), limit: cdk8s.Size.mebibytes(600) } },
      }],
    });
  }

  private allowInCluster(serviceAccount: kplus.IServiceAccount): void {
    const role = new kplus.ClusterRole(this, 'ClusterRole', { metadata: { name: NAME } });
    role.allow(READ, ...core('namespaces', 'pods', 'services', 'replicationcontrollers', 'persistentvolumeclaims', 'persistentvolumes'));
    role.allow([...READ, 'update'], ...core('nodes'));
    role.allow(['create', 'patch'], ...core('events'));
    role.allow(['create'], ...core('pods/eviction'));
    role.allow(['update'], ...core('pods/status'));
    role.allow(READ, ...ofGroup('apps', 'daemonsets', 'replicasets', 'statefulsets'));
    role.allow(READ, ...ofGroup('batch', 'jobs'));
    role.allow(READ, ...ofGroup('policy', 'poddisruptionbudgets'));
    role.allow(READ, ...ofGroup('storage.k8s.io', 'storageclasses', 'csinodes', 'csidrivers', 'csistoragecapacities', 'volumeattachments'));
    role.allow(READ, ...ofGroup('resource.k8s.io', 'deviceclasses', 'resourceclaims', 'resourceslices'));
    role.bind(serviceAccount);
  }

  private allowInNamespace(serviceAccount: kplus.IServiceAccount): void {
    const role = new kplus.Role(this, 'Role', { metadata: { name: NAME, namespace: NAMESPACE } });
    const status = { ...core('configmaps')[0], resourceName: 'cluster-autoscaler-status' };
    const lease = { ...ofGroup('coordination.k8s.io', 'leases')[0], resourceName: NAME };
    role.allow(['create', 'list', 'watch'], ...core('configmaps'));
    role.allow(['get', 'update', 'delete'], status);
    role.allow(['create'], ...ofGroup('coordination.k8s.io', 'leases'));
    role.allow(['get', 'update'], lease);
    role.bind(serviceAccount);
  }
}

const READ = ['get', 'list', 'watch'];

const ofGroup = (apiGroup: string, ...resourceTypes: string[]) =>
  resourceTypes.map((resourceType) => kplus.ApiResource.custom({ apiGroup, resourceType }));
const core = (...resourceTypes: string[]) => ofGroup('', ...resourceTypes);
