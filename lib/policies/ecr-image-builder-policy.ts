import * as ecr from 'aws-cdk-lib/aws-ecr';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven, selected, withoutWildcards } from './private/inputs';
import { allow, allowOnAll } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `EcrImageBuilderPolicy`. */
export interface EcrImageBuilderPolicyProps {
  /**
   * The repositories to which the builder pushes images, and from which it pulls what it has pushed.
   *
   * @default - required, unless `allRepositories` is set
   */
  readonly repositories?: ecr.IRepository[];

  /**
   * Whether the builder pushes to all repositories of the account in the Region of the cluster.
   *
   * @default false
   */
  readonly allRepositories?: boolean;

  /**
   * Other repositories from which the builder pulls base images.
   *
   * @default - none
   */
  readonly baseRepositories?: ecr.IRepository[];
}

/**
 * The permissions of a pod that builds container images and pushes them to repositories of Amazon ECR.
 *
 * Builders differ, so that there is no service account by convention. Create the repositories yourself. A pod that can push can replace the images that run
 * elsewhere: make tags immutable, or give each application a repository and a builder of its own.
 *
 * Tighter than the upstream policy, which eksctl attaches for `imageBuilder`:
 * - It is for the given repositories. The upstream policy is for all of them.
 * - Base images can only be pulled.
 * - Actions that neither push nor pull images are left out, such as `ecr:ListImages` and `ecr:GetRepositoryPolicy`.
 *
 * `allRepositories` is the looser form. Not covered: repositories that the builder creates, pull through cache rules, and Amazon ECR Public.
 *
 * **What a compromised pod can still do**
 *
 * Replace the images that run elsewhere, and read all images in the repositories.
 *
 * - Push an image with any tag to `repositories`. What pulls this tag runs the code of the attacker, with its own permissions. To prevent this, make tags
 *   immutable or deploy images by their digest.
 * - Pull all images in `repositories` and `baseRepositories`, and read what they contain.
 * - Cause costs: nothing limits the number and size of images. It cannot delete any.
 *
 * @upstream AmazonEC2ContainerRegistryPowerUser v3
 * @hops Nothing.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
 */
export class EcrImageBuilderPolicy implements IControllerPolicy {
  /** Builders have no namespace by convention. */
  public readonly namespace?: string;

  /** Builders have no service account by convention. */
  public readonly serviceAccountName?: string;

  private readonly repositories: readonly ecr.IRepository[] | 'all';
  private readonly baseRepositories: readonly ecr.IRepository[];

  /** @throws if a property is unknown or has another type, if there are no repositories, or if a name has a wildcard. */
  constructor(props: EcrImageBuilderPolicyProps) {
    checkType('EcrImageBuilderPolicy: props', 'cdk-irsa.policies.EcrImageBuilderPolicyProps', props);
    const { repositories, allRepositories, baseRepositories } = props;
    this.repositories = selected('EcrImageBuilderPolicy', { names: ['repositories', 'allRepositories'], list: repositories, all: allRepositories });
    this.baseRepositories = listIfGiven('EcrImageBuilderPolicy: baseRepositories', baseRepositories);
    withoutWildcards('EcrImageBuilderPolicy: repositories', repositories && arnsOf(repositories));
    withoutWildcards('EcrImageBuilderPolicy: baseRepositories', arnsOf(this.baseRepositories));
  }

  /**
   * The permissions for the role.
   *
   * @param context the place of the repositories.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { partition, region, account } = context;
    const pulls = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
    const pushes = ['ecr:BatchCheckLayerAvailability', 'ecr:CompleteLayerUpload', 'ecr:InitiateLayerUpload', 'ecr:PutImage', 'ecr:UploadLayerPart'];
    const arns = this.repositories === 'all' ? [`arn:${partition}:ecr:${region}:${account}:repository/*`] : arnsOf(this.repositories);
    return {
      statements: [
        allowOnAll('ecr:GetAuthorizationToken'),
        allow([...pulls, ...pushes], arns),
        ...(this.baseRepositories.length > 0 ? [allow(pulls, arnsOf(this.baseRepositories))] : []),
      ],
    };
  }
}

const arnsOf = (repositories: readonly ecr.IRepository[]) => repositories.map(({ repositoryArn }) => repositoryArn);
