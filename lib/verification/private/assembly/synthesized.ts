import { Stage } from 'aws-cdk-lib';

/** The folder with the assembly of a stage, which aws-cdk synthesizes once. */
export function synthesized(stage: Stage): string {
  try {
    return stage.synth().directory;
  } catch (error) {
    if (/^Synthesis has been called multiple times/.test((error as Error).message)) {
      throw new Error('PodAccess.fromStack needs an app that has not changed since it was synthesized: '
        + 'define everything before you call it, or create a new App in each test');
    }
    throw error;
  }
}
