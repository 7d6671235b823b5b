import { Rule } from './rule';
import { Pods } from '../assignments/principal';
import { isInTemplates } from '../assignments/role-index';

export const TWO_ROLES: Rule = {
  id: 'two-roles',
  severity: 'note',
  title: 'a service account has one role by its annotation, and another by an association',
  why: 'Amazon EKS sets up new pods for the association, and not for the annotation. They can still ask for the role of the annotation with a token.',
  fix: 'Remove the annotation or the association, or use the same role for both, as PodCredentials.both() does',
  violations: (assigned) => assigned.model.serviceAccounts.flatMap(({ cluster, namespace, name, roleArn, place }) => {
    const annotated = roleArn && assigned.roles.withArn(roleArn);
    const pods: Pods = { kind: 'pods', cluster, namespace, serviceAccountName: name };
    const associated = assigned.associations.of(pods).filter(({ isOwn }) => isOwn === 'yes').map(({ thing }) => assigned.roles.withArn(thing.roleArn));
    const other = associated.find((role) => annotated && [role, annotated].every(isInTemplates) && role !== annotated);
    return annotated && other
      ? [{ what: `service account ${namespace}/${name} is annotated with role ${annotated.label}, and associated with role ${other.label}`, place }] : [];
  }),
};
