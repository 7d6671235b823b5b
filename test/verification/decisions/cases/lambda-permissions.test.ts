import { ACCOUNT, ALLOWED, complete, decide, DENIED, READER_ARN, reader, REGION, shown, UNKNOWN } from './questions';
import { arnOf } from '../../templates';

const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:work`;
const LIVE = { resource: `${FUNCTION}:live` };
const ANY = { resource: undefined };
const work = { Work: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'work' } } };
const alias = (FunctionName: unknown, Name: unknown = 'live') => ({ Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName, Name, FunctionVersion: '1' } } });
const permission = (FunctionName: unknown, Principal = READER_ARN) => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName, Action: 'lambda:InvokeFunction', Principal } });
const before = (FunctionName: unknown) => ({ Before: permission(FunctionName, 's3.amazonaws.com') });

describe('a permission', () => {
  test.each(complete([
    ['for an alias, by its reference, grants', { ...reader(), ...work, ...alias({ Ref: 'Work' }), P: permission({ Ref: 'Alias' }) }, ALLOWED, LIVE],
    ['for an alias, by its reference, grants on some resource', { ...reader(), ...work, ...alias({ Ref: 'Work' }), P: permission({ Ref: 'Alias' }) }, ALLOWED, ANY],
    ['for an alias of a function that is named by its ARN grants', { ...reader(), ...work, ...alias(arnOf('Work')), P: permission({ Ref: 'Alias' }) }, ALLOWED, LIVE],
    ['for an alias, by its ARN, grants', { ...reader(), ...work, ...alias('work'), P: permission(`${FUNCTION}:live`) }, ALLOWED, LIVE],
    ['for an alias does not grant the function', { ...reader(), ...work, ...alias('work'), P: permission({ Ref: 'Alias' }) }, DENIED],
    ['adds to one of the same alias', { ...reader(), ...work, ...alias('work'), ...before({ Ref: 'Alias' }), P: permission({ Ref: 'Alias' }) }, ALLOWED, LIVE],
    ['adds to one of the same alias, which is not in the templates', { ...reader(), ...work, ...before('work:live'), P: permission(`${FUNCTION}:live`) }, ALLOWED, LIVE],
    ['for an alias whose name is a parameter can be for this one', { ...reader(), ...work, P: permission({ 'Fn::Sub': 'work:${Stage}' }) }, UNKNOWN, LIVE],
    ['for a partial ARN grants', { ...reader(), ...work, P: permission(`${ACCOUNT}:function:work`) }, ALLOWED],
    ['for a partial ARN with an alias grants', { ...reader(), ...work, P: permission(`${ACCOUNT}:function:work:live`) }, ALLOWED, LIVE],
    ['for a partial ARN with the account of the stack grants', { ...reader(), ...work, P: permission({ 'Fn::Sub': '${AWS::AccountId}:function:work' }) }, ALLOWED],
    ['for a partial ARN with a Region grants', { ...reader(), ...work, P: permission(`${REGION}:${ACCOUNT}:function:work`) }, ALLOWED],
    ['for a partial ARN of another account grants nothing', { ...reader(), ...work, P: permission('444455556666:function:work') }, DENIED],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: 'lambda:InvokeFunction', resource: FUNCTION, ...question }, { Parameters: { Stage: { Type: 'String' } } }))).toBe(expected);
  });
});
