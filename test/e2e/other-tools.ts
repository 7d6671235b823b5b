import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scene } from './scene';
import { succeed } from '../../local-aws/commands';
import { builtOtherTools, OtherTools } from '../../local-aws/other-tools';

const built = builtOtherTools();

/** Like `describe`, but skips its tests if the tools have not been built, which `npm run e2e` reports. */
export const describeWithTools = built ? describe : describe.skip;

/** Runs a tool on objects. Fails with the output of the tool if it does not succeed. */
export type Run = (objects: object[], ...flags: string[]) => Promise<string>;

/** A tool that can apply objects repeatedly. */
export interface Tool {
  readonly title: string;
  readonly run: Run;
  /** The flags with which it takes fields that others manage. */
  readonly force: string[];
}

type Helm = 'helm3' | 'helm4';

/** Helm and kubectl in the namespace of a test, for a user without any configuration except that of the cluster. */
export class Tools {
  private folder = '';

  constructor(private readonly scene: Scene) {
    beforeEach(() => {
      this.folder = mkdtempSync(join(tmpdir(), 'other-tools-'));
    });
    afterEach(() => rmSync(this.folder, { recursive: true }));
  }

  public kubectlApply: Run = (objects, ...flags) => this.run('kubectl', 'apply', '--filename', this.write('objects.yaml', objects), ...flags);

  /** In the namespace of the records. */
  public kubectlForRecords = (command: string) => this.inNamespace('cdk-irsa', 'kubectl', ...command.split(' '));

  public kubectlDelete: Run = (objects) => this.run('kubectl', 'delete', '--filename', this.write('objects.yaml', objects));

  public helmInstall = (helm: Helm): Run => (objects, ...flags) => this.run(helm, 'install', 'theirs', this.chart(objects), ...flags);

  /** Installs the release if it does not exist. */
  public helmUpgrade = (helm: Helm): Run => (objects, ...flags) => this.run(helm, 'upgrade', '--install', 'theirs', this.chart(objects), ...flags);

  public helmUninstall = (helm: Helm): Run => () => this.run(helm, 'uninstall', 'theirs');

  /** The tools that compute a patch on the client. */
  public get clientSide(): Tool[] {
    return [
      { title: 'kubectl apply', run: this.kubectlApply, force: [] },
      { title: 'helm upgrade of Helm 3', run: this.helmUpgrade('helm3'), force: [] },
    ];
  }

  /** The tools that use server-side apply. */
  public get serverSide(): Tool[] {
    return [
      { title: 'kubectl apply --server-side', run: (objects, ...flags) => this.kubectlApply(objects, '--server-side', ...flags), force: ['--force-conflicts'] },
      { title: 'helm upgrade of Helm 4', run: this.helmUpgrade('helm4'), force: ['--force-conflicts'] },
    ];
  }

  public get all(): Tool[] {
    return [...this.clientSide, ...this.serverSide];
  }

  private chart(objects: object[]): string {
    mkdirSync(join(this.folder, 'chart', 'templates'), { recursive: true });
    writeFileSync(join(this.folder, 'chart', 'Chart.yaml'), 'apiVersion: v2\nname: theirs\nversion: 1.0.0\n');
    this.write('chart/templates/objects.yaml', objects);
    return join(this.folder, 'chart');
  }

  private write(name: string, objects: object[]): string {
    const file = join(this.folder, name);
    writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    return file;
  }

  private run(tool: keyof OtherTools, ...args: string[]): Promise<string> {
    return this.inNamespace(this.scene.namespace, tool, ...args);
  }

  private inNamespace(namespace: string, tool: keyof OtherTools, ...args: string[]): Promise<string> {
    const env = { PATH: process.env.PATH, HOME: this.folder, KUBECONFIG: this.scene.cluster.access.kubeconfig };
    return succeed(built![tool], [...args, '--namespace', namespace], { env });
  }
}
