import { LocalAws } from '../../local-aws/local-aws';

/** The local AWS with the Python and Kubernetes that `npm run e2e` has set up. With `records`, clusters are records. */
export async function startLocalAws({ records = false } = {}): Promise<LocalAws> {
  const { LOCAL_AWS_PYTHON: python, LOCAL_AWS_KUBERNETES: kubernetes } = process.env;
  if (!python || !kubernetes) {
    throw new Error('these tests need a local AWS: run them with npm run e2e');
  }
  return LocalAws.start({ python, kubernetes: records ? undefined : kubernetes });
}
