const CLUSTER = 'an IrsaCluster, IrsaCluster.fromEksCluster(…) for a cluster of aws-eks-v2, or IrsaCluster.fromEksV1Cluster(…) for one of aws-eks';

/** How to write a value of a type, for errors. */
export const EXAMPLES: { readonly [fqn: string]: string } = {
  'aws-cdk-lib.Duration': 'Duration.hours(1)',
  'aws-cdk-lib.Size': 'Size.gibibytes(100)',
  'aws-cdk-lib.aws_ec2.InstanceType': 'new ec2.InstanceType(\'m7g.large\')',
  'aws-cdk-lib.aws_ec2.IVpc': 'new ec2.Vpc(…) or ec2.Vpc.fromLookup(…)',
  'aws-cdk-lib.aws_eks_v2.EndpointAccess': 'eks.EndpointAccess.PRIVATE',
  'aws-cdk-lib.aws_eks.ICluster': 'a Cluster of aws-eks; for a name, use IrsaCluster.fromClusterAttributes',
  'aws-cdk-lib.aws_eks_v2.ICluster': 'the eksCluster of an IrsaCluster, or a Cluster of aws-eks-v2',
  'aws-cdk-lib.aws_eks_v2.KubernetesVersion': 'eks.KubernetesVersion.of(\'1.36\')',
  'aws-cdk-lib.aws_eks_v2.TaintSpec': '{ key: \'dedicated\', value: \'data\', effect: eks.TaintEffect.NO_SCHEDULE }',
  'aws-cdk-lib.aws_iam.IManagedPolicy': 'iam.ManagedPolicy.fromAwsManagedPolicyName(\'AmazonS3ReadOnlyAccess\')',
  'aws-cdk-lib.aws_iam.IRole': 'iam.Role.fromRoleArn(…)',
  'aws-cdk-lib.aws_iam.PolicyDocument': 'new iam.PolicyDocument({ statements: [ … ] })',
  'aws-cdk-lib.aws_iam.PolicyStatement': 'new iam.PolicyStatement({ … })',
  'aws-cdk-lib.aws_kms.IKey': 'new kms.Key(…) or kms.Key.fromKeyArn(…)',
  'cdk8s.Chart': 'new cdk8s.Chart(new cdk8s.App(), …)',
  'cdk-irsa.IIrsaCluster': CLUSTER,
  'cdk-irsa.IKubernetesCluster': CLUSTER,
  'cdk-irsa.IServiceAccountRole': 'new ServiceAccountRole(…), the serviceAccountRole of a ServiceAccountWithRole, or ServiceAccountRole.fromRole(…) for an iam.Role',
  'cdk-irsa.NodeAmiFamily': 'NodeAmiFamily.BOTTLEROCKET',
  'cdk-irsa.NodeVolume': '{ size: Size.gibibytes(100) }',
  'cdk-irsa.ObjectsAccess': 'ObjectsAccess.namespaces([\'team\'])',
  'cdk-irsa.OidcProvider': 'OidcProvider.create()',
  'cdk-irsa.ServiceAccountRoleProps': '{ cluster, subjects: [ServiceAccountSubject.exact(\'namespace\', \'name\')] }',
  'cdk-irsa.ServiceAccountSubject': 'ServiceAccountSubject.exact(\'namespace\', \'name\')',
};
