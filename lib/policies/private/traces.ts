import * as iam from 'aws-cdk-lib/aws-iam';
import { allowOnAll } from './statements';

/** To send traces to AWS X-Ray, and to read which requests to trace. None of these actions supports permissions for single resources. */
export const sendsTraces = (): iam.PolicyStatement =>
  allowOnAll('xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments');
