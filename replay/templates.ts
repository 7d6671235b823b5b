import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NEW_BUCKET } from './buckets';
import { PodAccess } from '../lib/verification';

/** What is proved from the synthesized templates of the scenario. */
export class Templates {
  /** A bucket that does not exist yet has no policy. */
  public readonly access: PodAccess;

  constructor(private readonly assembly: string) {
    this.access = PodAccess.fromAssembly(assembly).assume({ resourcesWithoutPolicy: [`arn:aws:s3:::${NEW_BUCKET}`] });
  }

  /** The logical ID of the role whose ARN a stack outputs. */
  public readerRole(stack: string): string {
    const { Outputs } = JSON.parse(readFileSync(join(this.assembly, `${stack}.template.json`), 'utf8'));
    return Outputs.ReaderRoleArn.Value['Fn::GetAtt'][0];
  }
}
