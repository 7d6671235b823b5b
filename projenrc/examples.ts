import { awscdk } from 'projen';

/** What the examples are written with, and the newest cdk8s-plus, with which a test runs the chart of the README. The library needs none of them. */
const VERSIONS = { 'cdk8s': '2.70.106', 'cdk8s-plus-27': '2.9.5', 'cdk8s-plus-34': '2.0.54' };

export const CDK8S = Object.entries(VERSIONS).map(([name, version]) => `${name}@${version}`);

/** jsii-rosetta compiles the README's blocks with the package's dependencies, and with these. */
export function addExamples(project: awscdk.AwsCdkConstructLibrary): void {
  const { 'cdk8s-plus-34': _, ...exampleDependencies } = VERSIONS;
  project.package.addField('jsiiRosetta', { strict: true, exampleDependencies });
}
