import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { titleOf } from './controller-title';
import { IControllerPolicy } from '../../policies';
import { CONTROLLER_ACCOUNTS } from '../../policies/internal/controller-account-names';
import { AddonAccounts } from '../internal/addon-accounts';
import { ServiceAccountSubject } from '../service-account-subject';

/** The pods that get the policies of controllers. Warns if they are pods of another controller, whatever is defined first. */
export class ControllerPods {
  private readonly policies: Array<{ readonly title: string; readonly own: string }> = [];
  private readonly accounts = new Set<string>();

  constructor(private readonly role: IConstruct) {
    role.node.addValidation({ // at synthesis, when all policies and accounts are known
      validate: () => {
        this.policies.forEach((policy) => this.accounts.forEach((account) => this.warn(policy, account)));
        return [];
      },
    });
  }

  /** Adds policies of the role. */
  public addPolicies(policies: readonly IControllerPolicy[]): void {
    policies.forEach((policy, i) => {
      if (policy.serviceAccountName !== undefined) {
        this.policies.push({ title: titleOf(policy, i), own: policy.serviceAccountName });
      }
    });
  }

  /** Adds accounts that the role trusts. An add-on compares those of its own role itself. */
  public addSubjects(subjects: readonly ServiceAccountSubject[]): void {
    subjects.filter((subject) => !this.role.node.scopes.some((scope) => scope === AddonAccounts.ownerOf(subject)))
      .forEach(({ serviceAccountName }) => this.accounts.add(serviceAccountName));
  }

  /** Does not warn of controllers whose policies and accounts share the role. */
  private warn({ title, own }: { readonly title: string; readonly own: string }, account: string): void {
    const isShared = this.accounts.has(own) && this.policies.some((other) => other.own === account);
    if (own !== account && CONTROLLER_ACCOUNTS.includes(account) && !isShared) {
      Annotations.of(this.role).addWarningV2('cdk-irsa:controller-account',
        `${title} is for pods of the service account ${own}, but pods of ${account} get it, which is the account of another controller. `
        + 'Use the policy of that controller, or correct the account. If its pods need these permissions, acknowledge this warning');
    }
  }
}
