import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { LocalAws } from '../../local-aws/local-aws';

const BUCKET = 'assets';

/** Files of templates in a bucket of the local AWS. */
export class Assets {
  public static async in(aws: LocalAws): Promise<Assets> {
    await aws.ask('s3api', 'create-bucket', '--bucket', BUCKET, '--create-bucket-configuration', 'LocationConstraint=us-west-2');
    return new Assets(aws);
  }

  private constructor(private readonly aws: LocalAws) {}

  /** The URL of a template. */
  public async template(name: string, template: object): Promise<string> {
    return `https://s3.us-west-2.amazonaws.com/${BUCKET}/${await this.put(name, JSON.stringify(template))}`;
  }

  /** A zip file with these files, which are all executable. */
  public async zip(name: string, files: { [path: string]: string }): Promise<{ S3Bucket: string; S3Key: string }> {
    const entries = Object.entries(files).map(([path, content]) => [path, [Buffer.from(content), { os: 3, attrs: 0o100755 * 0x10000 }]]);
    return { S3Bucket: BUCKET, S3Key: await this.put(name, zipSync(Object.fromEntries(entries))) };
  }

  private async put(name: string, content: string | Uint8Array): Promise<string> {
    const file = join(this.aws.folder, name);
    writeFileSync(file, content);
    await this.aws.ask('s3api', 'put-object', '--bucket', BUCKET, '--key', name, '--body', file);
    return name;
  }
}
