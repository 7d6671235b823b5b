import { Association } from '../model/model';
import { Truth } from '../values/truth';

/** An association, and whether it is for some pods. */
interface Found {
  readonly thing: Association;
  readonly isOwn: Truth;
}

/**
 * Why it is not known which association some pods have. Amazon EKS has one at most for a service account, so that the deployment of another one fails.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-considerations
 */
export function severalAssociations(associations: readonly Found[]): string | undefined {
  const own = associations.filter(({ thing, isOwn }) => isOwn === 'yes' && thing.fromObject === undefined).map(({ thing }) => thing);
  const isSame = own.every((one) => settingsOf(one) === settingsOf(own[0]) && one.sessionPolicy === undefined);
  return own.length < 2 || isSame ? undefined
    : `which association the service account has: Amazon EKS keeps one, and the templates have ${own.map(({ place }) => place.logicalId).join(' and ')}`;
}

const settingsOf = ({ roleArn, targetRoleArn, disableSessionTags }: Association): string =>
  JSON.stringify([roleArn.key, targetRoleArn?.key, disableSessionTags]);
