import { rolesOf } from './account-state';
import { assemblyOf } from './assembly';
import { startForReplay } from './broken-stack';
import { Tenant } from './hostile-namespace';
import { deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';

let aws: LocalAws;
afterAll(() => aws?.stop());

test('a parameter for the namespace of a service account cannot add a statement to the trust policy of its role', async () => {
  aws = await startForReplay({ records: true }); // with records, because the function would reject the namespace itself
  const namespace = 'x:tenant"}}},{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::666666666666:root"},"Condition":{"Null":{"x":"';
  await deploy(aws, 'Tenant', [...assemblyOf(aws, (app) => new Tenant(app)), '--parameters', `Tenant:Namespace=${namespace}`]);
  const trusts = Object.values(await rolesOf(aws)).map(({ trust }) => trust.Statement).filter((statements) => JSON.stringify(statements).includes('WebIdentity'));
  expect(trusts).toEqual([[{
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: expect.stringContaining(':oidc-provider/') },
    Condition: {
      StringEquals: {
        [`${trusts[0][0].Principal.Federated.split(':oidc-provider/')[1]}:aud`]: 'sts.amazonaws.com',
        [`${trusts[0][0].Principal.Federated.split(':oidc-provider/')[1]}:sub`]: `system:serviceaccount:${namespace}:tenant`,
      },
    },
  }]]);
});
