import { knownType } from '../../aws-data/resource-types';
import { Findings } from '../../findings/findings';
import { GapScope } from '../../findings/gap';
import { resourceType } from '../../resource-types/declarations';
import { textAfter, textsIn, textsUnder } from '../../values/text-parts';
import { scopeOfService } from '../services';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Whether what resources of a type make or permit is not known, so that it could be anything. Custom resources are not in the list of AWS, but are read. */
export function isUnknownType(type: string): boolean {
  const { isMadeOfTemplates = false, grantsNothing } = resourceType(type) ?? {};
  return isMadeOfTemplates || !(grantsNothing !== undefined || type.startsWith('Custom::') || knownType(type));
}

/** Adds a finding for each resource of a type that is not known, and for each that makes others with a template that is not in the assembly. */
export function findUnknownTypes(resources: StackResources, findings: Findings): void {
  for (const resource of resources.all.filter(({ type }) => isUnknownType(type))) {
    const what = `${resource.logicalId}, of type ${resource.type},`;
    if (resourceType(resource.type)?.isMadeOfTemplates) {
      findings.addGap('unread-resources', `${what} makes resources at deployment, which are not read`, resource.place(), 'everything');
    } else {
      findings.addGap('unknown-type', `${what} is not read, because this type is not known`, resource.place(), scopeOf(resource));
    }
  }
}

/**
 * Types of AWS belong to a service, unless they name a role, with which the service may act elsewhere. Others, which are in a registry, can do anything, except those
 * that change Kubernetes objects.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry.html
 * @see https://github.com/aws-quickstart/quickstart-kubernetes-resource-provider
 */
function scopeOf(resource: StackResource): GapScope {
  const [vendor, service] = resource.type.split('::');
  const cluster = vendor === 'AWSQS' && service === 'Kubernetes' ? resource.cluster('ClusterName') : undefined;
  return cluster ? { cluster } : vendor === 'AWS' && service && !namesRole(resource) ? scopeOfService(service) : 'everything';
}

const namesRole = (resource: StackResource): boolean => textsUnder(resource.property(), /role(s|_?arns?)?$/i).length > 0
  || textsIn(resource.property()).some((text) => textAfter(text, ':role/') !== undefined);
