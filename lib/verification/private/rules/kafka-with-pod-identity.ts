import { podIdentityStatements } from './pod-identity-trust';
import { Rule } from './rule';
import { Role } from '../model/model';
import { candidateResources } from '../policies/candidate-resources';

export const KAFKA_WITH_POD_IDENTITY: Rule = {
  id: 'kafka-with-pod-identity',
  severity: 'note',
  title: 'pods use Amazon MSK with EKS Pod Identity',
  why: 'EKS Pod Identity gives each session a new name, and Amazon MSK closes a connection whose session name changes when the client authenticates again. '
    + 'See https://github.com/aws/containers-roadmap/issues/2362.',
  fix: 'Use IRSA for this role, or make sure that clients reconnect',
  violations: (assigned) => podIdentityStatements(assigned).filter(({ role }) => isForKafka(role)).map(({ role }) => ({
    what: `role ${role.label}, which trusts EKS Pod Identity, is allowed to connect to a cluster of Amazon MSK`,
    place: role.place,
  })),
};

/** A role that is allowed everything is not for a cluster of Kafka. */
const isForKafka = ({ policies }: Role): boolean => candidateResources(policies, 'kafka-cluster:Connect')
  .some(({ statement }) => statement?.actions?.values.some(({ start }) => /^kafka-cluster:/i.test(start)));
