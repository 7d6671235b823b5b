import { Duration, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { takes } from './judged';
import { checkDuration } from '../../lib/private/durations';

const check = (value?: Duration) => checkDuration('maxSessionDuration', value, Duration.hours(1), Duration.hours(12));

test.each([
  [Duration.minutes(59), '59 minutes', '1 hour'],
  [Duration.hours(13), '13 hours', '12 hours'],
  [Duration.seconds(43201), '12 hours 1 second', '12 hours'],
  [Duration.millis(3_600_500), '1 hour 500 millis', '1 hour'],
])('fails for %s', (value, words, nearest) => {
  expect(() => check(value)).toThrow(new Error(`maxSessionDuration is "${words}", but must be 1 hour to 12 hours, in whole seconds: for example ${nearest}`));
});

test('undefined is accepted, and so are tokens', () => {
  check();
  check(Duration.minutes(Token.asNumber({ Ref: 'Minutes' })));
});

test('a duration within the limits is accepted, and any other is rejected', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 50_000 }), (seconds) => {
    expect(takes(() => check(Duration.seconds(seconds)))).toBe(seconds >= 3_600 && seconds <= 43_200);
  }));
});
