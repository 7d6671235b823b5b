import { refusalWithoutValue } from '../../private/errors';
import { IControllerPolicy } from '../controller-policy';

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
   * @param property the property that sets both names, for errors. By default, each name has a property of its own.
   * @throws if a name is not given, and the policies have different ones.
   */
  public static namesOf(given: AccountNames, policies: readonly IControllerPolicy[] = [], property?: string): AccountNames {
    return {
      namespace: given.namespace ?? conventional('namespace', policies, property),
      serviceAccountName: given.serviceAccountName ?? conventional('serviceAccountName', policies, property),
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
      throw refusalWithoutValue('serviceAccountName', 'set', policies && policies.length > 0
        ? 'none of controllerPolicies has a name by convention'
        : 'for example to \'reader\'; only the policy of a controller in controllerPolicies gives it a default');
    }
    return { namespace, serviceAccountName };
  }
}

function conventional(name: keyof AccountNames, policies: readonly IControllerPolicy[], property: string = name): string | undefined {
  const names = [...new Set(policies.flatMap((policy) => policy[name] ?? []))];
  if (names.length > 1) {
    const what = { namespace: 'namespaces', serviceAccountName: 'names' }[name];
    throw refusalWithoutValue(property, 'set, or controllerPolicies divided among several roles',
      `by convention, they have different ${what}: ${names.join(', ')}`);
  }
  return names[0];
}
