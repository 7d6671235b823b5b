import { App, Stack } from 'aws-cdk-lib';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { run } from './run';
import { newFolder } from '../files';

const layer = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(stack, 'Layer', 'arn:aws:lambda:us-west-2:123456789012:layer:kubectl:1');
const CLUSTERS: { readonly [module: string]: (stack: Stack) => { addServiceAccount(id: string, options: { name: string }): iam.IGrantable } } = {
  'aws-eks': (stack) => new eksV1.Cluster(stack, 'Cluster', { version: eksV1.KubernetesVersion.V1_34, kubectlLayer: layer(stack), defaultCapacity: 0 }),
  'aws-eks-v2': (stack) => new eks.Cluster(stack, 'Cluster', {
    version: eks.KubernetesVersion.V1_34,
    kubectlProviderOptions: { kubectlLayer: layer(stack) },
    defaultCapacityType: eks.DefaultCapacityType.NODEGROUP,
    defaultCapacity: 0,
  }),
};

process.env.JSII_DEPRECATED = 'quiet'; // aws-cdk itself uses its deprecated OIDC provider

/** An app that uses only constructs of aws-cdk, with a service account that may do something. */
function synthesize(module: string, ...actions: string[]): string {
  const app = new App({ outdir: newFolder() });
  const stack = new Stack(app, 'Stack', { env: { region: 'us-west-2' } });
  const account = CLUSTERS[module](stack).addServiceAccount('Reader', { name: 'reader' });
  account.grantPrincipal.addToPrincipalPolicy(new iam.PolicyStatement({ actions, resources: ['arn:aws:s3:::reports/*'] }));
  app.synth();
  return app.outdir;
}

describe.each(Object.keys(CLUSTERS))('with a cluster of %s', (module) => {
  let app: string;
  beforeAll(() => app = synthesize(module, 's3:GetObject'));

  test('the table has its service account', () => {
    expect(run('access', app).out).toMatch(/^pods of service account default\/reader\n {2}\S+ \(IRSA\)\n {4}s3: GetObject/m);
  });

  test('a comparison shows what its service account gained', () => {
    const { code, out } = run('access', '--diff', app, synthesize(module, 's3:GetObject', 's3:PutObject'), '--fail-on-broadening');
    expect(code).toBe(1);
    expect(out).toMatch(/^pods of service account default\/reader\n {2}\+ role \S+ is allowed s3:PutObject on arn:aws:s3:::reports\/\* by /m);
  });

  test('the copy has the condition of its trust policy as an object', () => {
    const folder = newFolder();
    expect(run('scannable-templates', app, folder)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Stack\.template\.json: the trust policy of /m) });
  });
});
