import { Resolved } from '../../values/resolved';
import { textsIn } from '../../values/text-parts';
import { writesOfConnection } from '../code-connections';
import { CodeLocations } from '../code-locations';
import { CodeWrite } from '../code-writes';
import { StackResource, StackResources } from '../stack-resources';

/** Where resources have scripts in Base64. @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebook-lifecycle-config.html */
const ENCODED = [['OnCreate', '0', 'Content'], ['OnStart', '0', 'Content'], ['StudioLifecycleConfigContent']];

/**
 * What the texts of resources that run code with a role name: the commands of a build or a task, the inline script of a notebook, the environment of a job, or the
 * definition of a workflow.
 */
export class ProgramTexts {
  private readonly locations: CodeLocations;

  constructor(resources: StackResources) {
    this.locations = CodeLocations.ofPrograms(resources);
  }

  /** The requests that change what a resource names. */
  writesOf(resource: StackResource): CodeWrite[] {
    const encoded = ENCODED.filter(([name]) => resource.property(name) !== undefined).map((path) => resource.decoded(...path));
    return this.writesIn([resource.property(), ...encoded]);
  }

  /** The requests that change what a value names: a script, a file, or a connection to repositories. */
  writesIn(value: Resolved): CodeWrite[] {
    return [...this.locations.writesOf(value), ...textsIn(value).flatMap(writesOfConnection)];
  }
}
