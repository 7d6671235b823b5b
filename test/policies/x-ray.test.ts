import { describeController } from './describe-controller';
import { policies } from '../../lib';

describeController('AWS X-Ray', {
  policy: () => new policies.XRayPolicy(),
  allowed: () => [
    { what: 'send traces', action: 'xray:PutTraceSegments' },
    { what: 'send records about itself', action: 'xray:PutTelemetryRecords' },
    { what: 'read the sampling rules', action: 'xray:GetSamplingRules' },
    { what: 'read the quotas of the sampling rules', action: 'xray:GetSamplingTargets' },
  ],
  denied: () => [
    { what: 'find traces', action: 'xray:GetTraceSummaries' },
    { what: 'read traces', action: 'xray:BatchGetTraces' },
    { what: 'stop the sampling', action: 'xray:UpdateSamplingRule' },
    { what: 'change the encryption', action: 'xray:PutEncryptionConfig' },
  ],
});
