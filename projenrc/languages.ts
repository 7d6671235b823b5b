import { awscdk } from 'projen';

/** What the packages of the library are called in other languages. */
const TARGETS = {
  python: { distName: 'cdk-irsa', module: 'cdk_irsa' },
  java: { package: 'io.github.cdkirsa', maven: { groupId: 'io.github.cdk-irsa', artifactId: 'cdk-irsa' } },
  go: { moduleName: 'github.com/cdk-irsa/cdk-irsa-go', packageName: 'cdkirsa' },
  dotnet: { namespace: 'CdkIrsa', packageId: 'CdkIrsa' },
};

/**
 * The languages that jsii generates packages for. projen's options for this, such as `publishToPypi`, also publish the packages, and let `npx projen package`
 * build all of them, for which each developer would need Maven and .NET.
 */
export function addLanguages(project: awscdk.AwsCdkConstructLibrary): void {
  project.package.addField('jsii', { ...project.package.manifest.jsii, targets: TARGETS });
}
