import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textOf } from '../../values/text-parts';
import { anyPart, arnOf, CodeWrite } from '../code/code-write';
import { StartCode } from '../code/start-code';
import { writesOfParameter } from '../code/stored-writes';
import { KubernetesObject } from '../kubernetes-object';
import { InstanceProfiles } from '../nodes/instance-profiles';
import { isNodeClass, roleOfNodeClass } from '../nodes/karpenter-nodes';
import { Program } from '../program';
import { StackResources } from '../stack-resources';

/**
 * The nodes of Karpenter of which others might decide what they run as they start: by what their user data names, or by their image.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms
 * @see https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata
 */
export function readNodeClassCode(objects: readonly KubernetesObject[], resources: StackResources): Program[] {
  const [scripts, profiles] = [new StartCode(resources), new InstanceProfiles(resources)];
  return objects.filter(isNodeClass).flatMap((object) => {
    const userData = textOf(object.at('spec', 'userData'));
    const code = [...(userData ? scripts.writesOfUserData(userData) : []), ...listOf(object.at('spec', 'amiSelectorTerms')).flatMap(writesOfImages)];
    const program = { arns: [], startedBy: [], takeovers: [], code, place: object.place };
    return code.length === 0 ? [] : [{ ...program, roleArn: roleOfNodeClass(object, profiles, resources) }];
  });
}

const TAGS = 'ec2:CreateTags';

/**
 * An image has the name and the tags with which it is made, and images of others can be tagged, too.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
function writesOfImages(term: Resolved): CodeWrite[] {
  const value = (name: string) => (term instanceof ResolvedMap ? term.get(name) : undefined);
  const parameter = textOf(value('ssmParameter'));
  if (parameter) {
    return writesOfParameter(parameter);
  }
  const [isByTags, isByName] = ['tags', 'name'].map((name) => value(name) !== undefined);
  const isOfAws = isText(value('owner'), 'amazon') === 'yes';
  const image = arnOf('ec2', Text.join([Text.of('image/'), anyPart('image')]), anyPart('Region'), Text.EMPTY);
  const made = ['ec2:CopyImage', 'ec2:CreateImage', 'ec2:RegisterImage'].map((action): CodeWrite =>
    ({ action, arn: image, ...isByTags && { afterOneOf: [TAGS] } }));
  const tagged: readonly CodeWrite[] = isByTags ? [{ action: TAGS, arn: image, given: { 'ec2:CreateAction': [] } }] : [];
  return isOfAws || !(isByTags || isByName) ? [] : [...made, ...tagged];
}
