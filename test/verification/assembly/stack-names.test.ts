import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const BUCKET = 'arn:aws:s3:::eksctl-prod-data';
const reading = accountRole('default:app', allow('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${AWS::StackName}-data/*' }));
const outcomeFor = (name: string) => {
  const { stack } = clusterTemplate({ Role: reading, Objects: objects(account('app', 'Role')) });
  return verification.PodAccess.fromTemplates({ [name]: stack })
    .assume({ noOtherNodes: true, resourcesWithoutPolicy: [BUCKET], parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
    .pod({ serviceAccountName: 'app' }).decide('s3:GetObject', { resource: `${BUCKET}/x` }).outcome;
};

test.each(['reader', 'eksctl-prod'])('a template named %s may be that of a stack with another name', (name) => {
  expect(outcomeFor(name)).toBe('UNKNOWN');
});
