import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { StackResource } from '../stack-resource';

/** The values of the placeholders in a definition. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html */
export const substitutionsOf = (workflow: StackResource): Resolved => workflow.property('DefinitionSubstitutions');

/** A text with values in place of placeholders. */
export const substituted = (text: Text, substitutions: Resolved): Text => (substitutions instanceof ResolvedMap
  ? Text.join(text.parts.flatMap((part) => (typeof part === 'string' ? part.split(/(\$\{\w+\})/).map((piece) => valueOf(piece, substitutions)) : [Text.ofPart(part)])))
  : text);

function valueOf(piece: string, substitutions: ResolvedMap): Text {
  const value = piece.startsWith('${') ? substitutions.get(piece.slice(2, -1)) : undefined;
  return value instanceof Text ? value : Text.of(piece);
}
