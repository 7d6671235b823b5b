import { anyPodsOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { Model } from '../../model/model';
import { accountsOfController } from '../../model/pods/accounts-of-controllers';
import { mayChangePushed, pushesIn } from '../../model/pods/pushed-secrets';
import { ActingController, OF_SECRETS } from '../../model/rbac/acting-controllers';
import { Binding } from '../../model/rbac/bindings';
import { ClusterId } from '../../values/cluster-id';
import { anyWith } from '../../values/text-parts';

/** Whoever changes objects on which a controller acts has it use its role, and gets no credentials. */
export function waysByController(controller: ActingController, label: string, cluster: ClusterId, model: Model): WayIntoCluster[] {
  const named = controller.accounts.map((name) => ({ name, only: { ...anyPodsOf(cluster), serviceAccountName: anyWith(name) } }));
  const known = accountsOfController(controller, model).filter((account) => account.cluster.is(cluster) !== 'no')
    .map((account) => ({ name: controller.programs[0], only: { ...anyPodsOf(cluster), ...account, cluster } }));
  return [...named, ...known].map(({ name, only }) => ({ cluster, what: `make a controller like ${name} act by ${label}`, runsPods: false, onlyViews: true, only }));
}

/** Whoever changes a Secret that External Secrets writes to AWS decides what it writes there, with its role, or with that of the account of a store. */
export function waysByPushing(binding: Binding, cluster: ClusterId, model: Model): WayIntoCluster[] {
  const pushed = pushesIn(model.objects).filter((push) => push.object.cluster.is(cluster) !== 'no' && mayChangePushed(binding, push, model.objects));
  const ofStores = pushed.flatMap(({ accounts }) => accounts).map((account): WayIntoCluster => ({
    cluster,
    what: `make a controller write Secrets as the service account ${account.serviceAccountName} by ${binding.label}`,
    runsPods: false,
    onlyViews: true,
    only: { ...anyPodsOf(cluster), ...account },
  }));
  return pushed.length === 0 ? [] : [...waysByController(OF_SECRETS, binding.label, cluster, model), ...ofStores];
}
