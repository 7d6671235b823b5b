import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessFinding } from './access-reason';
import { Assembly } from './private/assembly/assembly';
import { Findings } from './private/findings/findings';
import { ROLE } from './private/model/roles/holder-kinds';
import { StackResource } from './private/model/stack-resource';
import { StackResources } from './private/model/stack-resources';
import { Resolver } from './private/resolution/resolver';
import { hasObjectForm } from './private/scan/has-object-form';
import { trustObject } from './private/scan/trust-object';

/**
 * The templates of a cloud assembly with each trust policy as the object that IAM gets. In a template, a trust policy for an issuer that is known only at
 * deployment is a string, because the keys of an object cannot contain intrinsic functions. Validators that read only objects fail on the string, or skip it.
 *
 * In the copy, a name such as `Cluster.OpenIdConnectIssuerUrl` replaces each value that is known only at deployment. Do not deploy the copy.
 */
export class ScannableTemplates {
  /**
   * Reads a cloud assembly, such as `cdk.out`.
   *
   * @param directory the path of the assembly.
   * @throws if it is not a cloud assembly.
   */
  public static fromAssembly(directory: string): ScannableTemplates {
    const assembly = Assembly.fromDirectory(directory);
    const files = [...new Set(assembly.templates.map(({ file }) => file))];
    const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(directory, file), 'utf8')]));
    return new ScannableTemplates(texts, assembly);
  }

  /** The text of each template, by its file in the assembly. Templates without such a trust policy are unchanged. */
  public readonly texts: { [file: string]: string };
  /** The logical IDs of the roles whose trust policy became an object, by file. */
  public readonly changedRoles: { [file: string]: string[] } = {};
  /** The trust policies that stay as they are, and why. */
  public readonly findings: AccessFinding[] = [];

  private constructor(originals: { [file: string]: string }, assembly: Assembly) {
    const templates = Object.fromEntries(Object.entries(originals).map(([file, text]) => [file, JSON.parse(text)]));
    const resources = new StackResources(assembly, new Resolver(assembly), new Findings());
    for (const occurrences of byPlace(resources.ofType(ROLE))) {
      const { template, logicalId } = occurrences[0].place();
      const properties = templates[template].Resources[logicalId].Properties;
      if (hasObjectForm(properties?.AssumeRolePolicyDocument)) {
        continue;
      }
      const trust = trustObject(occurrences);
      if ('problem' in trust) {
        this.findings.push({ id: 'unreadable-trust-policy', message: trust.problem, place: trust.place });
      } else {
        properties.AssumeRolePolicyDocument = trust.json;
        this.changedRoles[template] = [...this.changedRoles[template] ?? [], logicalId];
      }
    }
    this.texts = Object.fromEntries(Object.entries(originals)
      .map(([file, text]) => [file, file in this.changedRoles ? JSON.stringify(templates[file], undefined, 1) : text]));
  }
}

/** The roles of each place in a file: several, if nested stacks share the file. */
function byPlace(roles: readonly StackResource[]): StackResource[][] {
  const groups = new Map<string, StackResource[]>();
  for (const role of roles) {
    const { template, logicalId } = role.place();
    const key = JSON.stringify([template, logicalId]);
    groups.set(key, [...groups.get(key) ?? [], role]);
  }
  return [...groups.values()];
}
