import { App, AspectPriority, Aspects, CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

describe('a grant that closes a cycle of stacks:', () => {
  const FIX = 'Define the service account and the granted resource in one stack, or remove the role from the resource policy: in one AWS account, the grant is sufficient';

  test('to a bucket whose policy names the role', () => {
    const app = new App();
    const cluster = newCluster(newStack('Platform', {}, app));
    const bucket = new s3.Bucket(new Stack(app, 'Data'), 'Bucket');
    const reader = new ServiceAccountWithRole(new Stack(app, 'Apps'), 'Reader', { cluster, serviceAccountName: 'reader' });
    bucket.grantRead(reader);
    bucket.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ArnPrincipal(reader.roleArn)], actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] }));
    expect(() => app.synth()).toThrow(new Error('Apps/Reader/Role/Resource: its grants make stack Apps depend on Data, '
      + `but Data depends on Apps: Data/Bucket/Policy/Resource refers to it. ${FIX}`));
  });

  test('from the stack of the cluster to a stack that has service accounts', () => {
    const app = new App();
    const platform = newStack('Platform', {}, app);
    const cluster = newCluster(platform);
    const apps = new Stack(app, 'Apps');
    const bucket = new s3.Bucket(apps, 'Bucket');
    new ServiceAccountWithRole(apps, 'Reader', { cluster, serviceAccountName: 'reader' });
    bucket.grantRead(new ServiceAccountWithRole(platform, 'Backup', { cluster, serviceAccountName: 'backup' }));
    expect(() => app.synth()).toThrow(new Error('Platform/Backup/Role/Resource: its grants make stack Platform depend on Apps, '
      + `but Apps depends on Platform: Apps/Reader/Role/Resource/Resource refers to it. ${FIX}`));
  });

  test('is none where the stacks depend in one direction', () => {
    const app = new App();
    const cluster = newCluster(newStack('Platform', {}, app));
    const bucket = new s3.Bucket(new Stack(app, 'Data'), 'Bucket');
    bucket.grantRead(new ServiceAccountWithRole(new Stack(app, 'Apps'), 'Reader', { cluster, serviceAccountName: 'reader' }));
    expect(() => app.synth()).not.toThrow();
  });

  test('is none across AWS accounts, where names are physical', () => {
    const app = new App();
    const env = (account: string) => ({ env: { account, region: 'eu-central-1' } });
    const cluster = newCluster(newStack('Platform', env('111111111111'), app));
    const bucket = new s3.Bucket(new Stack(app, 'Data', env('222222222222')), 'Bucket', { bucketName: 'the-bucket' });
    bucket.grantRead(new ServiceAccountWithRole(new Stack(app, 'Apps', env('111111111111')), 'Reader', { cluster, serviceAccountName: 'reader', roleName: 'reader' }));
    expect(() => app.synth()).not.toThrow();
  });

  test('is looked for when all aspects have run, so that it keeps none of them from taking effect', () => {
    const app = new App();
    const cluster = newCluster(newStack('Platform', {}, app));
    const data = new Stack(app, 'Data');
    let comment = 'before';
    const bucket = new s3.Bucket(data, 'Bucket');
    new CfnOutput(data, 'Comment', { value: Lazy.string({ produce: () => comment }) });
    bucket.grantRead(new ServiceAccountWithRole(new Stack(app, 'Apps'), 'Reader', { cluster, serviceAccountName: 'reader' }));
    Aspects.of(data).add({ visit: () => { comment = 'after'; } }, { priority: AspectPriority.READONLY + 1 });
    expect(app.synth().getStackByName('Data').template.Outputs.Comment.Value).toBe('after');
  });
});
