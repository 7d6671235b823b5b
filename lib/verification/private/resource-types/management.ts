import { byArn, byName, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { at, elsewhere } from './takeovers';

const CERTIFICATE = `${regional('acm')}certificate/\${Id}`;
const AUTHORITY = `${regional('acm-pca')}certificate-authority/\${Id}`;
const REPOSITORY = `${regional('codecommit')}\${RepositoryName}`;

const connection = (service: string) => byArn(`${regional(service)}connection/\${Id}`, ['Id'], { ConnectionArn: `${regional(service)}connection/\${Id}` });

/** Logs and names, and what makes other resources. */
export const MANAGEMENT: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
   */
  'AWS::Logs::LogGroup': {
    format: byName('LogGroupName', `${regional('logs')}log-group:\${LogGroupName}`, { Arn: `${regional('logs')}log-group:\${LogGroupName}:*` }),
    limitedName: 'LogGroupName',
    changesOnly: 'logs',
  },
  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
  'AWS::Logs::ResourcePolicy': { grantsNothing: 'it applies to AWS services only' },
  'AWS::Amplify::Domain': { matters: 'an app at it can serve scripts' },
  'AWS::GlobalAccelerator::Accelerator': { matters: 'what is behind it can serve scripts' },
  'AWS::VpcLattice::Service': { matters: 'what is behind it can serve scripts' },
  'AWS::ElasticLoadBalancing::LoadBalancer': { matters: 'what is behind it can serve scripts' },
  'AWS::ElasticLoadBalancingV2::LoadBalancer': { matters: 'what is behind it can serve scripts' },
  'AWS::ElasticLoadBalancingV2::Listener': { matters: 'it leads to what serves scripts' },
  'AWS::ElasticLoadBalancingV2::ListenerRule': { matters: 'it leads to what serves scripts' },
  'AWS::ElasticLoadBalancingV2::TargetGroup': { matters: 'what is in it can serve scripts' },
  'AWS::ApiGateway::BasePathMapping': { matters: 'its API can serve scripts' },
  'AWS::ApiGateway::DomainName': { matters: 'an API at it can serve scripts' },
  'AWS::ApiGatewayV2::ApiMapping': { matters: 'its API can serve scripts' },
  'AWS::ApiGatewayV2::DomainName': { matters: 'an API at it can serve scripts' },
  'AWS::Lambda::Url': { matters: 'its function can serve scripts' },
  'AWS::Route53::RecordSet': { matters: 'it can be that of an issuer' },
  'AWS::Route53::RecordSetGroup': { matters: 'it can be that of an issuer' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html without condition keys of hosted zones
   */
  'AWS::Route53::HostedZone': {
    format: { arn: 'arn:${AWS::Partition}:route53:::hostedzone/${Id}', ref: '${Id}', attributes: { Id: '${Id}' }, unique: ['Id'] },
    tagsMayNotCount: true,
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codeconnections-connection.html */
  'AWS::CodeConnections::Connection': { format: connection('codeconnections') },
  'AWS::CodeStarConnections::Connection': { format: connection('codestar-connections') },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codecommit-repository.html */
  'AWS::CodeCommit::Repository': {
    format: {
      arn: REPOSITORY,
      ref: '${Id}',
      attributes: {
        Arn: REPOSITORY, CloneUrlHttp: 'https://git-codecommit.${AWS::Region}.${AWS::URLSuffix}/v1/repos/${RepositoryName}', Name: '${RepositoryName}',
      },
      unique: ['Id', 'RepositoryName'],
    },
    encryption: { service: 'codecommit', key: ['KmsKeyId'] },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html */
  'AWS::CloudWatch::Alarm': { format: byName('AlarmName', `${regional('cloudwatch')}alarm:\${AlarmName}`) },
  'AWS::CloudWatch::CompositeAlarm': { matters: 'it sends to its topics' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-certificatemanager-certificate.html */
  'AWS::CertificateManager::Certificate': { format: byArn(CERTIFICATE, ['Id']) },
  /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_CreatePermission.html */
  'AWS::ACMPCA::Permission': { grantsNothing: 'it is for AWS Certificate Manager only' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-acmpca-certificateauthority.html */
  'AWS::ACMPCA::CertificateAuthority': { format: byArn(AUTHORITY, ['Id'], { Arn: AUTHORITY }) },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-distribution.html */
  'AWS::CloudFront::Distribution': {
    format: {
      arn: 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Id}',
      ref: '${Id}',
      attributes: { Id: '${Id}', DomainName: '${DomainName}' },
      unique: ['Id'],
    },
  },
  'AWS::CloudFront::CloudFrontOriginAccessIdentity': { matters: 'a policy of a bucket can name it by its canonical user' },
  'AWS::Budgets::BudgetsAction': { matters: 'it attaches a policy to roles', ...elsewhere(at('ExecutionRoleArn'), 'budgets:UpdateBudgetAction') },
  /** @see https://docs.aws.amazon.com/config/latest/developerguide/remediation.html */
  'AWS::Config::RemediationConfiguration': { acts: { what: 'the runbook of', runbook: 'TargetId', parameters: ['Parameters'] } },
  /** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state-manager-automation.html */
  'AWS::SSM::Association': { acts: { what: 'the runbook of', runbook: 'Name', parameters: ['Parameters'] } },
  'AWS::CloudFormation::Stack': { matters: 'the resources of its template are read' },
  /** @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks.html */
  'AWS::CloudFormation::LambdaHook': { acts: { what: 'the hook', functionArn: 'LambdaFunction' } },
  /** @see https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-structure.html */
  'AWS::CloudFormation::HookVersion': { acts: { what: 'the hook', roleArn: ['ExecutionRoleArn'] } },
  'AWS::CloudFormation::Macro': { matters: 'its function changes templates' },
  'AWS::CloudFormation::CustomResource': { matters: 'it runs code while CloudFormation deploys the templates' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stackset.html */
  'AWS::CloudFormation::StackSet': { isMadeOfTemplates: true },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-servicecatalog-cloudformationprovisionedproduct.html */
  'AWS::ServiceCatalog::CloudFormationProvisionedProduct': { isMadeOfTemplates: true },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-aps-workspace.html */
  'AWS::APS::Workspace': {
    format: byArn(`${regional('aps')}workspace/\${WorkspaceId}`, ['WorkspaceId'], { Arn: `${regional('aps')}workspace/\${WorkspaceId}`, WorkspaceId: '${WorkspaceId}' }),
  },
};
