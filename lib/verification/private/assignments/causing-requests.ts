import { actionNames } from '../aws-data/actions';
import { changesTags } from '../deployment/access-changes';

/** Requests about the size of groups of nodes, which start and end their instances. */
const OF_GROUPS = ['eks:CreateNodegroup', 'eks:DeleteNodegroup', 'eks:UpdateNodegroupConfig', 'eks:UpdateNodegroupVersion'];

/**
 * Requests of other services that cause events of a service, by the name of this service.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-instance-state-changes.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/automating-ec2-auto-scaling-with-eventbridge.html
 * @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 * @see https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html
 */
const OF_OTHERS: { readonly [service: string]: readonly string[] } = {
  autoscaling: ['ec2:StopInstances', 'ec2:TerminateInstances', ...OF_GROUPS],
  ec2: [
    'autoscaling:ExecutePolicy', 'autoscaling:SetDesiredCapacity', 'autoscaling:StartInstanceRefresh', 'autoscaling:TerminateInstanceInAutoScalingGroup',
    'autoscaling:UpdateAutoScalingGroup', ...OF_GROUPS,
  ],
  inspector2: ['ec2:RunInstances', 'ecr:PutImage', 'lambda:CreateFunction', 'lambda:UpdateFunctionCode'],
  macie: ['s3:PutObject'],
};

/** The service of events about tags, of resources of any service. */
const OF_TAGS = 'tag';

/** The requests of other services that cause events of one. @see https://docs.aws.amazon.com/tag-editor/latest/userguide/monitor-resource-tag-changes.html */
export const causingRequests = (service: string): readonly string[] => (service === OF_TAGS ? taggingRequests()
  : Object.hasOwn(OF_OTHERS, service) ? OF_OTHERS[service] : []);

let tagging: readonly string[] | undefined;
const taggingRequests = (): readonly string[] => tagging ??= actionNames().filter(changesTags);
