import { admin, Bucket, decisionOf, inBucket, LIST, ofInstance, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const STEP = { ScriptBootstrapAction: { Path: { 'Fn::Sub': 's3://${Bucket}/install.sh' } } };
const cluster = (action: object) => ({
  Bucket, ...ofInstance({}, { Type: 'AWS::EMR::Cluster', Properties: { JobFlowRole: { Ref: 'Profile' }, BootstrapActions: [{ ...STEP, ...action }] } }),
});

test.each<[string, object, object]>([
  ['the definition of a serverless workflow of Apache Airflow', {
    Bucket,
    ...admin('airflow-serverless'),
    It: { Type: 'AWS::MWAAServerless::Workflow', Properties: { RoleArn: arnOf('Admin'), DefinitionS3Location: { Bucket: { Ref: 'Bucket' }, ObjectKey: 'dag.yaml' } } },
  }, allow('s3:PutObject', inBucket('Bucket', 'dag.yaml'))],
  ['a script of a cluster whose step has a name', cluster({ Name: 'install' }), allow('s3:PutObject', inBucket('Bucket', 'install.sh'))],
  ['a script of a cluster whose step has the name of a parameter', cluster({ Name: { 'Fn::ImportValue': 'Step' } }), allow('s3:PutObject', inBucket('Bucket', 'install.sh'))],
])('a pod that can change %s might do what the role of that may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', ['role Role may request s3:PutObject, and so might decide what It does with role Admin']]);
});

test.each<[string, object]>([
  ['with the role as an option', { OptionName: 'SQLSERVER_BACKUP_RESTORE', OptionSettings: [{ Name: 'IAM_ROLE_ARN', Value: arnOf('Admin') }] }],
  ['with the role as an option whose name is a parameter', { OptionName: 'SQLSERVER_BACKUP_RESTORE', OptionSettings: [{ Name: { 'Fn::ImportValue': 'Option' }, Value: arnOf('Admin') }] }],
])('a pod that runs SQL in a database %s might do what the role may do', (_, configuration) => {
  const Group = { Type: 'AWS::RDS::OptionGroup', Properties: { EngineName: 'sqlserver-se', MajorEngineVersion: '16', OptionConfigurations: [configuration] } };
  expect(decisionOf({ Group, Admin: role(trusted('rds'), allow(LIST)) }, allow('rds-db:connect')).outcome).toBe('UNKNOWN');
});
