import { IConstruct } from 'constructs';

/** Whether a construct is part of the app: neither it nor any of its scopes was removed with `tryRemoveChild`. */
export function isInTree(construct: IConstruct): boolean {
  const { scope, id } = construct.node;
  return scope === undefined || (scope.node.tryFindChild(id) === construct && isInTree(scope));
}
