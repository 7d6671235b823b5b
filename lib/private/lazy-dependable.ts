import { Dependable, IConstruct, IDependable } from 'constructs';

/** Something to depend on whose constructs are determined at synthesis, so that those that are defined later are included. */
export function lazyDependable(roots: () => IConstruct[]): IDependable {
  const dependable = {};
  Dependable.implement(dependable, {
    get dependencyRoots() {
      return roots();
    },
  });
  return dependable;
}
