import { textOf } from '../../values/text-parts';
import { JobService } from '../job-service';
import { clusterWithArn } from '../objects/applied-objects';
import { StackResources } from '../stack-resources';

/** @see https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/API_GetManagedEndpointSessionCredentials.html */
const OF_EMR = ['emr-containers:StartJobRun', 'emr-containers:CreateManagedEndpoint', 'emr-containers:GetManagedEndpointSessionCredentials'];

/**
 * The services that run pods in clusters because of requests. These choose the image and the settings of the pods, and their service account or role. A job
 * definition that somebody registers is run as soon as anybody submits a job with its name.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_EksPodProperties.html
 * @see https://docs.aws.amazon.com/emr-on-eks/latest/APIReference/API_StartJobRun.html
 * @see https://docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/iam-execution-role.html
 */
export const readJobServices = (resources: StackResources): JobService[] => [
  ...resources.ofType('AWS::Batch::ComputeEnvironment').flatMap((resource) => {
    const arn = textOf(resource.property('EksConfiguration', 'EksClusterArn'));
    const actions = ['batch:SubmitJob', 'batch:RegisterJobDefinition'];
    return arn ? [{ cluster: clusterWithArn(arn, resource), name: 'AWS Batch', actions }] : [];
  }),
  ...resources.ofType('AWS::EMRContainers::VirtualCluster').flatMap((resource) => {
    const cluster = resource.cluster('ContainerProvider', 'Id');
    return cluster ? [{ cluster, name: 'Amazon EMR on EKS', actions: OF_EMR, arn: resource.arn }] : [];
  }),
];
