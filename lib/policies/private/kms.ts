/**
 * A condition for calls to AWS KMS that a service makes on behalf of the controller. In China, documentation shows the service with both domains. Only AWS
 * sets the key, so that a name that does not exist allows nothing.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const viaService = (service: string, region: string): { readonly [key: string]: string[] } =>
  ({ 'kms:ViaService': ['amazonaws.com', 'amazonaws.com.cn'].map((domain) => `${service}.${region}.${domain}`) });
