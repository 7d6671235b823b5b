import { ServiceAccountSubject } from '../service-account-subject';

/** Refuses that nothing is trusted, which is a mistake: a statement for no subject would trust every pod. */
export function checkSubjects(subjects: ServiceAccountSubject[]): void {
  if (subjects.length === 0) {
    throw new Error('subjects must contain at least one subject: without a subject, every pod in the cluster could assume the role');
  }
}
