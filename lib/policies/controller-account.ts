import { IControllerPolicy } from './controller-policy';
import { refusalWithoutValue } from '../private/errors';

/** The namespace and the name of a service account, as far as they are known. */
export interface AccountNames {
  readonly namespace?: string;
  readonly serviceAccountName?: string;
}

/** The service account of a controller. It is for constructs of this library, and not exported. */
export class ControllerAccount {
  /**
   * The names that are given, or else those that the policies have by convention.
   *
   * @throws if a name is not given, and the policies have different ones.
   */
  public static namesOf(given: AccountNames, policies: readonly IControllerPolicy[] = []): AccountNames {
    return {
      namespace: given.namespace ?? conventional('namespace', policies),
      serviceAccountName: given.serviceAccountName ?? conventional('serviceAccountName', policies),
    };
  }

  /**
   * The same for an account that this app defines, whose namespace is `default` if nothing else is known.
   *
   * @throws also if there is no name.
   */
  public static definedNames(given: AccountNames, policies?: readonly IControllerPolicy[]): Required<AccountNames> {
    const { namespace = 'default', serviceAccountName } = ControllerAccount.namesOf(given, policies);
    if (serviceAccountName === undefined) {
      throw refusalWithoutValue('serviceAccountName', 'set', 'only controllerPolicies that have a name by convention give it a default');
    }
    return { namespace, serviceAccountName };
  }
}

function conventional(property: keyof AccountNames, policies: readonly IControllerPolicy[]): string | undefined {
  const names = [...new Set(policies.flatMap((policy) => policy[property] ?? []))];
  if (names.length > 1) {
    throw refusalWithoutValue(property, 'set', `controllerPolicies have different ones by convention: ${names.join(', ')}`);
  }
  return names[0];
}
