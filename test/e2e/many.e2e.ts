import { accountsOf, issuerOf, trustOf } from './account-state';
import { assemblyOf } from './assembly';
import { startForReplay } from './broken-stack';
import { Many } from './many';
import { deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startForReplay();
  await deploy(aws, 'Many', assemblyOf(aws, (app) => new Many(app)));
});
afterAll(() => aws?.stop());

test('each of 40 service accounts in 4 namespaces has its own role, which only this account can assume', async () => {
  const accounts = await accountsOf(aws, await aws.cluster('many'));
  const issuer = await issuerOf(aws, 'many');
  const expected = Array.from({ length: 40 }, (_, i) => [`team-${i % 4}/account-${i}`, {
    trust: trustOf(issuer, `team-${i % 4}`, `account-${i}`),
    attached: [],
    inline: [{ Action: 's3:GetObject', Effect: 'Allow', Resource: `arn:aws:s3:::bucket-${i}/*` }],
  }]);
  expect(accounts).toEqual(Object.fromEntries(expected));
});
