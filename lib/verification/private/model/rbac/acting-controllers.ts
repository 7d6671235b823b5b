import { CHANGES, Permission } from './rule';

/** What Amazon EKS does itself for objects of Kubernetes, with the role of the cluster, or for pods on AWS Fargate with that of these. */
export interface DoneByEks {
  readonly actions: RegExp;
  readonly isOnFargate?: true;
  /** Whether only EKS Auto Mode does so. */
  readonly takesAutoMode: boolean;
}

const LOAD_BALANCING = /^(elasticloadbalancing:|ec2:\w*(SecurityGroup|Tags))/i;

/**
 * Without EKS Auto Mode, the legacy cloud provider makes load balancers for Services.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-logging.html
 */
export const EKS_WORK = {
  'load balancers for Services': { actions: LOAD_BALANCING, takesAutoMode: false },
  'load balancers for Ingresses': { actions: LOAD_BALANCING, takesAutoMode: true },
  'volumes': { actions: /^ec2:\w*(Snapshot|Tags|Volume)/i, takesAutoMode: true },
  'logs of pods on AWS Fargate': { actions: /^(es|firehose|kinesis|logs):/i, takesAutoMode: false, isOnFargate: true },
  'nodes': { actions: /^ec2:\w*(Fleet|Instances|LaunchTemplate|Tags)/i, takesAutoMode: true },
} as const satisfies { readonly [what: string]: DoneByEks };

export type EksWork = keyof typeof EKS_WORK;

/** How a controller is known. */
export interface ActingController {
  /** Words in the usual names of its service accounts. */
  readonly accounts: readonly string[];
  /** How its image and its chart are called. */
  readonly programs: readonly string[];
}

/** Who acts in AWS for whoever changes objects of Kubernetes. */
interface Acting extends Permission {
  readonly controllers: readonly ActingController[];
  readonly byEks?: EksWork;
}

const ANY_CHANGE = [...CHANGES, 'delete'];
const ROUTES = { groups: ['gateway.networking.k8s.io'], resources: ['gateways', 'grpcroutes', 'httproutes'] };

const OF_NAMES: ActingController = { accounts: ['external-dns', 'externaldns'], programs: ['external-dns'] };
const OF_LOAD_BALANCERS: ActingController = {
  accounts: ['alb-ingress-controller', 'aws-lb-controller', 'gateway-api-controller', 'lb-controller', 'lbc', 'load-balancer-controller'],
  programs: ['alb-ingress-controller', 'gateway-controller', 'load-balancer-controller'],
};
const OF_CERTIFICATES: ActingController = { accounts: ['cert-manager'], programs: ['cert-manager'] };
const OF_VOLUMES: ActingController = {
  accounts: ['ebs-csi-controller', 'efs-csi-controller', 'fsx-csi-controller'], programs: ['ebs-csi-driver', 'efs-csi-driver', 'fsx-csi-driver'],
};
/** It acts for whoever changes Secrets, but only those that other objects name. */
export const OF_SECRETS: ActingController = { accounts: ['external-secrets'], programs: ['external-secrets'] };
const OF_NODES: ActingController = { accounts: ['karpenter'], programs: ['karpenter'] };

/**
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/tutorials/aws/
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/ingress/
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 * @see https://www.gateway-api-controller.eks.aws.dev/
 * @see https://cert-manager.io/docs/usage/ingress/
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming
 * @see https://kubernetes.io/docs/concepts/storage/volume-snapshots/
 * @see https://karpenter.sh/docs/concepts/disruption/
 */
export const ACTING: readonly Acting[] = [
  { groups: [''], resources: ['services'], verbs: ANY_CHANGE, controllers: [OF_LOAD_BALANCERS, OF_NAMES], byEks: 'load balancers for Services' },
  { groups: ['extensions', 'networking.k8s.io'], resources: ['ingresses'], verbs: ANY_CHANGE, controllers: [OF_LOAD_BALANCERS, OF_NAMES], byEks: 'load balancers for Ingresses' },
  { ...ROUTES, verbs: ANY_CHANGE, controllers: [OF_LOAD_BALANCERS, OF_NAMES] },
  {
    groups: ['', 'extensions', 'networking.k8s.io', ...ROUTES.groups],
    resources: ['services', 'ingresses', ...ROUTES.resources].map((resource) => `${resource}/status`), // which says where the names lead
    verbs: CHANGES,
    controllers: [OF_NAMES],
  },
  { groups: ['extensions', 'gateway.networking.k8s.io', 'networking.k8s.io'], resources: ['gateways', 'ingresses'], verbs: CHANGES, controllers: [OF_CERTIFICATES] },
  {
    groups: ['', 'groupsnapshot.storage.k8s.io', 'snapshot.storage.k8s.io', 'storage.k8s.io'],
    resources: [
      'persistentvolumeclaims', 'persistentvolumes', 'volumeattachments', 'volumegroupsnapshotcontents', 'volumegroupsnapshots', 'volumesnapshotcontents', 'volumesnapshots',
    ],
    verbs: ANY_CHANGE,
    controllers: [OF_VOLUMES],
    byEks: 'volumes',
  },
  { groups: [''], resources: ['nodes'], verbs: ['delete'], controllers: [OF_NODES], byEks: 'nodes' },
];
