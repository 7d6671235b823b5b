import { NearTexts } from '../../../lib/verification/private/assignments/near-texts';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const region = Text.unknown(new Unknown('AWS::Region', { label: 'AWS::Region', excludes: ':' }));
const generated = (name: string) => Text.unknown(new Unknown(name, { label: name, excludes: ':', differsWithin: 'AWS::SQS::Queue.QueueName' }));
const arn = (name: Text) => Text.join([Text.of('arn:aws:sqs'), region, Text.of('111122223333'), name], ':');
const one = arn(generated('One'));
const other = arn(generated('Other'));
const literal = arn(Text.of('orders'));
const mixed = Text.join([other, Text.of('Stack-One-0A1B2C3D')], '/');

test('texts with another generated name are not near, whatever else they have in common', () => {
  const near = new NearTexts([one, other, literal, mixed], (text) => text);
  expect([near.to(one), near.to(other)]).toEqual([[one, mixed], [other, mixed]]);
});

const named = Text.of('arn:aws:sqs:us-west-2:111122223333:Stack-One-0A1B2C3D');
const open = arn(Text.unknown(new Unknown('Name', { label: 'Name' })));
const elsewhere = Text.join([Text.of('arn:aws:lambda'), region, Text.of('111122223333:function'), generated('Function')], ':');

test.each([
  ['a name that is not generated', literal, [literal, mixed, open]],
  ['a name that may be generated', named, [named, one, other, mixed, open]],
  ['a generated name', one, [one, named, mixed, open]],
  ['a name that only the deployment knows', open, [one, other, literal, mixed, named, open]],
  ['only a generated name', generated('One'), [one, mixed, open, named]],
  ['only a name', Text.of('orders'), [mixed, open]],
])('near a text with %s are those of its service that may have the name', (_, text, expected) => {
  const near = new NearTexts([one, other, literal, mixed, named, open, elsewhere], (each) => each);
  expect(new Set(near.to(text))).toEqual(new Set(expected));
});
