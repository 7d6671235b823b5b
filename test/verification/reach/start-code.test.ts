import { gzipSync } from 'node:zlib';
import { decisionOf, inBucket, ofInstance, push, repository } from './code-apps';
import { allow, arnOf, objects } from '../templates';

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'boot-of-prod' } };
const GENERATED = { Generated: { Type: 'AWS::S3::Bucket' } };
const started = (UserData: unknown, more: object = {}, properties: object = {}) => ({
  ...ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData, ...properties }, ...more }),
  Bucket: BUCKET,
  Other: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'other' } },
  Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/boot/script', Type: 'String', Value: 'true' } },
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'boot' } },
  ...repository(),
});
const script = (text: string) => ({ 'Fn::Base64': { 'Fn::Sub': text } });
const COPY = script('#!/bin/bash\naws s3 cp s3://${Bucket}/setup.sh - | bash\n');
const withTemplate = (data: object, it: object) => ({
  ...started(undefined, {}), Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: data } }, It: it,
});
const LATEST = { Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
const nodesWith = (data: object) => withTemplate(data, {
  Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('Admin'), LaunchTemplate: { Id: { Ref: 'Template' }, ...LATEST } },
});
const groupWith = (data: object) => withTemplate({ IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } }, ...data }, {
  Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, ...LATEST } },
});
const ofParameter = (UserData: unknown) => groupWith({ UserData, MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } });
const IMAGES_OF = (version = '') => ({ ImageId: `resolve:ssm:/golden/ami${version}` });
const writesParameter = (name: string, action = 'ssm:PutParameter') => allow(action, `arn:aws:ssm:us-west-2:111122223333:parameter/${name}`);
const putIn = (name: string, key = '*') => allow('s3:PutObject', inBucket(name, key));
const BOOT_IMAGES = 'arn:aws:ecr:us-west-2:111122223333:repository/boot';
const BOTTLEROCKET = '[settings.bootstrap-containers.setup]\nsource = "111122223333.dkr.ecr.us-west-2.amazonaws.com/boot:latest"\n';
const encoded = (text: string, lines = /$^/g) => Buffer.from(text).toString('base64').replace(lines, '$&\n      ');
const written = (content: string, encoding = 'b64') =>
  script(`#cloud-config\nwrite_files:\n  - encoding: ${encoding}\n    path: /opt/setup.sh\n    content: |\n      ${content}\nruncmd: [sh /opt/setup.sh]\n`);
const SETUP = '#!/bin/sh\naws s3 cp s3://boot-of-prod/setup.sh /opt/setup.sh\nchmod +x /opt/setup.sh && /opt/setup.sh\n';
const compressed = (text: string) => gzipSync(text).toString('base64');
const ofBottlerocket = (source: string, userData: string) => `[settings.bootstrap-containers.setup]\nsource = "${source}"\nuser-data = "${encoded(userData)}"\n`;
const PUBLIC_IMAGE = 'public.ecr.aws/bottlerocket/bootstrap:1';
const WITH_PARTS = `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${encoded(SETUP)}\n--b--\n`;
const ofCluster = (UserData: unknown) => withTemplate({ UserData }, {
  Type: 'AWS::PCS::ComputeNodeGroup',
  Properties: { IamInstanceProfileArn: arnOf('Profile'), CustomLaunchTemplate: { TemplateId: { Ref: 'Template' }, Version: '1' } },
});
const ofWorkspace = (UserData: unknown) => ({
  ...started(undefined),
  It: { Type: 'AWS::WorkspacesInstances::WorkspaceInstance', Properties: { ManagedInstance: { IamInstanceProfile: { Name: { Ref: 'Profile' } }, UserData } } },
});
const component = (command: string) => ({ Type: 'AWS::ImageBuilder::Component', Properties: { Data: { 'Fn::Sub': `phases: [{ commands: ['${command}'] }]` } } });
const commanded = (command: unknown) => ({
  ...ofParameter(script('run')), Commands: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Parameters: { commands: [command] } } },
});
const DISTRIBUTION = (DomainName: unknown) => ({ Cdn: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Aliases: ['tools.example.com', '*.cdn.example.com'], Origins: [{ DomainName }] } } } });
const BEHIND = DISTRIBUTION({ 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] });
const WEBSITE = DISTRIBUTION({ 'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Bucket', 'WebsiteURL'] }] }] });
const POINT = { Point: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket: { Ref: 'Bucket' }, Name: 'boot' } } };
const GLOBAL = { Point: { Type: 'AWS::S3::MultiRegionAccessPoint', Properties: { Regions: [{ Bucket: { Ref: 'Bucket' } }] } } };
const REGISTRY = '111122223333.dkr.ecr.us-west-2.amazonaws.com';
const PUSH_APP = allow('ecr:PutImage', 'arn:aws:ecr:us-west-2:111122223333:repository/app');
const curl = (url: string, more: object = {}) => ({ ...started(script(`curl ${url}/setup.sh | sh`)), ...more });
const init = (value: unknown) => ({ Metadata: { 'AWS::CloudFormation::Init': { config: { files: { '/etc/boot': value } } } } });

test.each<[string, object, object, string]>([
  ['an object that its user data copies', started(COPY), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['an object that its user data copies from a bucket elsewhere', started(script('aws s3 cp "s3://elsewhere/setup.sh" .')), allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'), 'UNKNOWN'],
  ['an object below a prefix that its user data copies', started(script('aws s3 sync s3://${Bucket}/boot /opt')), putIn('Bucket', 'boot/*'), 'UNKNOWN'],
  ['an object of a bucket that is in a variable of its user data', started(script('B=x\naws s3 cp s3://$B/setup.sh .')), putIn('Bucket'), 'UNKNOWN'],
  ['an image whose registry is in a variable', started(script(`REG=${REGISTRY}\ndocker run $REG/app:latest`)), PUSH_APP, 'UNKNOWN'],
  ['an image whose registry is in variables', started(script('A="${AWS::AccountId}"; export R=us-west-2\nIMAGE=$A.dkr.ecr.$R.amazonaws.com/app:latest\ndocker run "$IMAGE"')), PUSH_APP, 'UNKNOWN'],
  ['an image of another repository of the registry in a variable', started(script(`REG=${REGISTRY}\ndocker run $REG/other:latest`)), PUSH_APP, 'DENIED'],
  ['an object that its user data names by a URL', started(script('curl https://${Bucket.RegionalDomainName}/setup.sh')), putIn('Bucket'), 'UNKNOWN'],
  ['an object of a bucket that its user data names', started(script('get boot-of-prod setup.sh')), putIn('Bucket'), 'UNKNOWN'],
  ['an object of a bucket whose generated name its user data may have', { ...started(script('get boot-generated-abcdefghijk1 setup.sh')), ...GENERATED }, putIn('Generated'), 'UNKNOWN'],
  ['an object that its user data, encoded, names', started(Buffer.from('aws s3 cp s3://boot-of-prod/setup.sh .').toString('base64')), putIn('Bucket'), 'UNKNOWN'],
  ['an object that its user data gets from the website of a bucket', { ...started(script('curl ${Generated.WebsiteURL}/setup.sh | sh')), ...GENERATED }, putIn('Generated'), 'UNKNOWN'],
  ['an object of another bucket than that of a website', { ...started(script('curl ${Generated.WebsiteURL}/setup.sh | sh')), ...GENERATED }, putIn('Other'), 'DENIED'],
  ['an object by the literal URL of a website', curl('http://boot-of-prod.s3-website-us-west-2.amazonaws.com'), putIn('Bucket'), 'UNKNOWN'],
  ['an object by the literal URL of a website elsewhere', curl('http://elsewhere.s3-website.eu-central-1.amazonaws.com'), allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'), 'UNKNOWN'],
  ['an object by the dual-stack name of a bucket', { ...curl('https://${Generated.DualStackDomainName}'), ...GENERATED }, putIn('Generated'), 'UNKNOWN'],
  ['an object behind a distribution', curl('https://${Cdn.DomainName}', BEHIND), putIn('Bucket'), 'UNKNOWN'],
  ['an object behind an alias of a distribution', curl('https://tools.example.com', BEHIND), putIn('Bucket'), 'UNKNOWN'],
  ['an object behind an alias with a wildcard', curl('https://a.cdn.example.com', BEHIND), putIn('Bucket'), 'UNKNOWN'],
  ['an object behind a distribution of a website', curl('https://tools.example.com', WEBSITE), putIn('Bucket'), 'UNKNOWN'],
  ['an object of another bucket than that behind a distribution', curl('https://tools.example.com', BEHIND), putIn('Other'), 'DENIED'],
  ['an object behind another host than that of a distribution', curl('https://example.com', BEHIND), putIn('Bucket'), 'DENIED'],
  ['an object behind the alias of an access point', curl('--bucket ${Point.Alias}', POINT), putIn('Bucket'), 'UNKNOWN'],
  ['an object behind the literal alias of an access point', { ...started(script('aws s3 cp s3://boot-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias/setup.sh .')), ...POINT }, putIn('Bucket'), 'UNKNOWN'],
  ['an object behind the ARN of an access point', curl('--bucket arn:aws:s3:us-west-2:111122223333:accesspoint/boot', POINT), putIn('Bucket'), 'UNKNOWN'],
  ['an object behind the host of an access point', curl('https://boot-111122223333.s3-accesspoint.us-west-2.amazonaws.com', POINT), putIn('Bucket'), 'UNKNOWN'],
  ['an object of another bucket than that of an access point', curl('--bucket ${Point.Alias}', POINT), putIn('Other'), 'DENIED'],
  ['an object behind a Multi-Region Access Point', curl('--bucket arn:aws:s3::111122223333:accesspoint/${Point.Alias}', GLOBAL), putIn('Bucket'), 'UNKNOWN'],
  ['an access point of the bucket that its user data copies from', { ...started(COPY), ...POINT }, allow('s3:PutObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/boot/object/*'), 'UNKNOWN'],
  ['a Multi-Region Access Point of the bucket', { ...started(COPY), ...GLOBAL }, allow('s3:PutObject', { 'Fn::Sub': 'arn:aws:s3::111122223333:accesspoint/${Point.Alias}/object/*' }), 'UNKNOWN'],
  ['another access point', { ...started(COPY), ...POINT }, allow('s3:PutObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/other/object/*'), 'DENIED'],
  ['an object that cfn-init reads', started(undefined, init({ source: { 'Fn::Sub': 'https://${Bucket}.s3.amazonaws.com/file' } })), putIn('Bucket'), 'UNKNOWN'],
  ['an object that cfn-init reads under one condition', { ...started(undefined, init({ 'Fn::If': ['IsProd', 's3://boot-of-prod/a', 's3://elsewhere/a'] })) }, allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'), 'UNKNOWN'],
  ['an object that cfn-init reads under neither condition', { ...started(undefined, init({ 'Fn::If': ['IsProd', 's3://elsewhere/a', 's3://elsewhere/b'] })) }, putIn('Other'), 'DENIED'],
  ['a parameter that its user data reads', started(script('aws ssm get-parameter --name ${Parameter} | bash')), writesParameter('boot/script'), 'UNKNOWN'],
  ['a secret that its user data reads', started(script('aws secretsmanager get-secret-value --secret-id ${Secret} | bash')), allow('secretsmanager:PutSecretValue'), 'UNKNOWN'],
  ['a secret, by the other request for that,', started(script('aws secretsmanager get-secret-value --secret-id ${Secret} | bash')), allow('secretsmanager:UpdateSecret'), 'UNKNOWN'],
  ['a secret that its user data does not read', started(script('true')), allow('secretsmanager:UpdateSecret'), 'DENIED'],
  ['an image that its user data runs', started(script('docker run ${Images.RepositoryUri}:latest')), push(arnOf('Images')), 'UNKNOWN'],
  ['an image elsewhere that its user data runs', started(script('docker run 111122223333.dkr.ecr.us-west-2.amazonaws.com/boot:latest')), push(BOOT_IMAGES), 'UNKNOWN'],
  ['an image elsewhere that nodes of Bottlerocket run as they start', nodesWith({ UserData: script(BOTTLEROCKET) }), push(BOOT_IMAGES), 'UNKNOWN'],
  ['another image elsewhere', started(script('docker run 111122223333.dkr.ecr.us-west-2.amazonaws.com/boot:latest')), push('arn:aws:ecr:us-west-2:111122223333:repository/other'), 'DENIED'],
  ['an image with a digest that its user data runs', started(script(`docker run 111122223333.dkr.ecr.us-west-2.amazonaws.com/boot@sha256:${'a'.repeat(64)}`)), push(BOOT_IMAGES), 'DENIED'],
  ['an object that the launch template of a group of AWS PCS copies', ofCluster(COPY), putIn('Bucket'), 'UNKNOWN'],
  ['an object that a file in Base64 of its user data copies', started(written(encoded(SETUP))), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['an object that a file in lines of Base64 copies', started(written(encoded(SETUP, /.{76}/g))), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['another object than that which a file in Base64 copies', started(written(encoded(SETUP))), putIn('Bucket', 'other.sh'), 'DENIED'],
  ['an object that a compressed file of its user data copies', started(written(compressed(SETUP), 'gz+b64')), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['another bucket than that of a compressed file', started(written(compressed(SETUP), 'gz+b64')), putIn('Other'), 'DENIED'],
  ['an object, while its user data has a compressed file that cannot be read,', started(written(compressed(SETUP).slice(0, 40), 'gz+b64')), putIn('Other'), 'UNKNOWN'],
  ['an object that a file in Base64 with references copies', started({ 'Fn::Base64': { 'Fn::Join': ['', ['#cloud-config\nwrite_files: [{ encoding: b64, content: ', COPY, ' }]\n']] } }), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['an object that a bootstrap container of Bottlerocket copies', ofParameter(script(ofBottlerocket(PUBLIC_IMAGE, SETUP))), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['an image that a bootstrap container of Bottlerocket runs', ofParameter(script(ofBottlerocket(PUBLIC_IMAGE, 'ctr run 111122223333.dkr.ecr.us-west-2.amazonaws.com/boot:1'))), push(BOOT_IMAGES), 'UNKNOWN'],
  ['another object than that of a bootstrap container', ofParameter(script(ofBottlerocket(PUBLIC_IMAGE, SETUP))), putIn('Other'), 'DENIED'],
  ['an object that a part in Base64 of its user data copies', started(script(WITH_PARTS)), putIn('Bucket', 'setup.sh'), 'UNKNOWN'],
  ['another object than that of a group of AWS PCS', ofCluster(COPY), putIn('Other'), 'DENIED'],
  ['an object that the user data of an instance of Amazon WorkSpaces copies', ofWorkspace(COPY), putIn('Bucket'), 'UNKNOWN'],
  ['another object than that of an instance of Amazon WorkSpaces', ofWorkspace(COPY), putIn('Other'), 'DENIED'],
  ['an object that a component of their image copies', { ...started(undefined), Component: component('aws s3 cp s3://${Bucket}/agent.rpm .') }, putIn('Bucket'), 'UNKNOWN'],
  ['another object than that of a component', { ...started(undefined), Component: component('aws s3 cp s3://${Bucket}/agent.rpm .') }, putIn('Other'), 'DENIED'],
  ['an object, while its user data is a parameter,', ofParameter({ 'Fn::Base64': { Ref: 'Script' } }), putIn('Bucket'), 'UNKNOWN'],
  ['an object, while its user data is a parameter that is encoded,', ofParameter({ Ref: 'Script' }), putIn('Bucket'), 'UNKNOWN'],
  ['an object elsewhere, while the user data of a group is a parameter,', ofParameter(script('${Script}\n')), allow('s3:PutObject', 'arn:aws:s3:::elsewhere/*'), 'UNKNOWN'],
  ['a secret, while its user data is a parameter,', ofParameter({ 'Fn::Base64': { Ref: 'Script' } }), allow('secretsmanager:UpdateSecret'), 'UNKNOWN'],
  ['the parameter that its user data is as a whole', ofParameter(script('{{resolve:ssm:/golden/boot}}')), writesParameter('golden/boot'), 'UNKNOWN'],
  ['another parameter than its user data is', ofParameter(script('{{resolve:ssm:/golden/boot}}')), writesParameter('golden/other'), 'DENIED'],
  ['a queue, while its user data is a parameter,', ofParameter({ 'Fn::Base64': { Ref: 'Script' } }), allow('sqs:SendMessage'), 'DENIED'],
  ['an object, while its user data ends with a parameter,', ofParameter(script('#!/bin/sh\nrun\n${Script}\n')), putIn('Bucket'), 'UNKNOWN'],
  ['an object, while its user data is a parameter after spaces,', ofParameter(script('\n   ${Script}\n')), putIn('Bucket'), 'UNKNOWN'],
  ['an object, while its user data has a parameter as a file,', ofParameter(script('#!/bin/sh\ncat > /etc/ca.pem <<EOF\n${Script}\nEOF\nrun\n')), putIn('Bucket'), 'DENIED'],
  ['an object, while its user data has a parameter after a file,', ofParameter(script('#!/bin/sh\ncat > /etc/ca.pem <<EOF\nx\nEOF\n${Script}\n')), putIn('Bucket'), 'UNKNOWN'],
  ['an object, while its user data has a parameter as the content of a file,', ofParameter(script('#cloud-config\nwrite_files:\n  - content: |\n      ${Script}\n')), putIn('Bucket'), 'DENIED'],
  ['an object, while a component of its image is a parameter,', { ...ofParameter(script('run')), It: { Type: 'AWS::ImageBuilder::Component', Properties: { Data: { Ref: 'Script' } } } }, putIn('Bucket'), 'UNKNOWN'],
  ['an object, while a command for it is a parameter,', commanded({ Ref: 'Script' }), putIn('Bucket'), 'UNKNOWN'],
  ['an object, while a command for it has a parameter,', commanded({ 'Fn::Sub': 'run ${Script}' }), putIn('Bucket'), 'DENIED'],
  ['an object, while its user data has a parameter in a command,', ofParameter(script('run ${Script}')), putIn('Bucket'), 'DENIED'],
  ['an object, while the user data of a class of nodes is a parameter,', {
    ...started(undefined), Classes: objects({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' }, spec: { role: '${Admin}', userData: '${Script}' } }),
  }, putIn('Bucket'), 'UNKNOWN'],
  ['an object that the user data of nodes copies', nodesWith({ UserData: COPY }), putIn('Bucket'), 'UNKNOWN'],
  ['an object that the user data of a group copies', groupWith({ UserData: COPY }), putIn('Bucket'), 'UNKNOWN'],
  ['the parameter with the image of nodes', nodesWith(IMAGES_OF()), writesParameter('golden/ami'), 'UNKNOWN'],
  ['the parameter with the image of a group', groupWith(IMAGES_OF()), writesParameter('golden/*'), 'UNKNOWN'],
  ['the label of the parameter with the image of a group', groupWith(IMAGES_OF(':prod')), writesParameter('golden/ami', 'ssm:LabelParameterVersion'), 'UNKNOWN'],
  ['the parameter with the image of a group, which uses one version,', groupWith(IMAGES_OF(':3')), writesParameter('golden/ami'), 'DENIED'],
  ['another parameter', groupWith(IMAGES_OF()), writesParameter('other'), 'DENIED'],
  ['another object', started(COPY), putIn('Bucket', 'data/*'), 'DENIED'],
  ['another bucket', started(COPY), putIn('Other'), 'DENIED'],
  ['a bucket whose name is a part of a word in user data', started(script('echo not-boot-of-prod')), putIn('Bucket'), 'DENIED'],
  ['a bucket with a generated name, while its user data names another', { ...started(script('get boot-of-prod setup.sh')), ...GENERATED }, putIn('Generated'), 'DENIED'],
  ['a bucket, while there is no user data', started(undefined), putIn('Bucket'), 'DENIED'],
])('a pod that can write %s might run its code on instances, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
