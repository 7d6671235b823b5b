const CLOUD = /^(AWS|CDK|MOTO)_/; // a MOTO_ variable can make moto record the requests, for example
const PYTHON = /^PYTHON/; // would make Python load modules from outside its virtual environment
const PROXY = /_proxy$/i;

/**
 * The environment of this process, without the variables that change the local AWS or make a tool use something else: credentials,
 * profiles, and proxies unless something is downloaded. The CDK CLI sends no telemetry.
 */
export function localEnvironment({ downloads = false } = {}): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !CLOUD.test(name) && !PYTHON.test(name) && (downloads || !PROXY.test(name)));
  return { ...Object.fromEntries(others), CDK_DISABLE_CLI_TELEMETRY: 'true' };
}

/** Keeps the CLIs from reading the configuration of the user who runs them. `nowhere` is a path without a file. */
export const withoutConfiguration = (nowhere: string) => ({ AWS_CONFIG_FILE: nowhere, AWS_SHARED_CREDENTIALS_FILE: nowhere });
