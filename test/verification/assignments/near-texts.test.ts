import { NearTexts } from '../../../lib/verification/private/assignments/near-texts';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const region = Text.unknown(new Unknown('AWS::Region', { label: 'AWS::Region' }));
const generated = (name: string) => Text.unknown(new Unknown(name, { label: name, differsWithin: 'AWS::SQS::Queue.QueueName' }));
const arn = (name: Text) => Text.join([Text.of('arn:aws:sqs'), region, Text.of('111122223333'), name], ':');
const one = arn(generated('One'));
const other = arn(generated('Other'));
const literal = arn(Text.of('orders'));
const mixed = Text.join([other, Text.of('Stack-One-0A1B2C3D')], '/');

test('texts with another generated name are not near, whatever else they have in common', () => {
  const near = new NearTexts([one, other, literal, mixed], (text) => text);
  expect([near.to(one), near.to(other), near.to(literal)]).toEqual([[one, literal, mixed], [other, literal, mixed], [one, other, literal, mixed]]);
});
