import { GrantingResources } from './granting-resources';
import { resourcesAllowedTo } from '../deployment/allowed-requests';
import { UserKey } from '../model/identities';
import { Model } from '../model/model';
import { equal } from '../values/pattern';

/** Requests that make a key of a user. */
const MAKING = ['iam:CreateAccessKey', 'iam:CreateServiceSpecificCredential'];

/** The keys of users that functions of the templates might make, as far as their roles may. */
export const keysMadeIn = (model: Model, granting: GrantingResources): UserKey[] => model.madeKeys.flatMap(({ madeBy, ...key }) => {
  const role = model.roles.find(({ arn }) => equal(arn, madeBy) === 'yes');
  const allowed = role ? MAKING.flatMap((action) => resourcesAllowedTo(role, action, granting)) : [];
  return model.users.filter(({ noun, arn }) => noun === 'user' && allowed.some((one) => equal(one, arn) !== 'no')).map(({ arn }) => ({ ...key, holderArn: arn }));
});
