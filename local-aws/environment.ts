const CLOUD = /^(AWS|CDK|MOTO)_/; // MOTO_ has moto record what it is asked, for one
const PYTHON = /^PYTHON/; // what Python would load instead of its virtual environment
const PROXY = /_proxy$/i;

/**
 * The environment of this process without what leads elsewhere than to a local AWS, or changes that: credentials, profiles and, unless
 * something is downloaded, proxies. The CDK CLI sends nothing anywhere.
 */
export function localEnvironment({ downloads = false } = {}): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !CLOUD.test(name) && !PYTHON.test(name) && (downloads || !PROXY.test(name)));
  return { ...Object.fromEntries(others), CDK_DISABLE_CLI_TELEMETRY: 'true' };
}

/** With this, the CLIs find no configuration of whoever runs them; `nowhere` is where there is no file. */
export const withoutConfiguration = (nowhere: string) => ({ AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere });
