import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * Warnings about a set of objects. They are added to a child of the set, because aws-cdk recognizes an acknowledgement that precedes its
 * warning only on a scope of the construct that has the warning.
 */
export const annotationsOf = (set: Construct) => Annotations.of(set.node.findChild('Resource'));
