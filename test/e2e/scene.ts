import { createHash } from 'node:crypto';
import { contentOf } from './record-data';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

/** A cluster for the tests of a file, to which the function has access, and a namespace for each test. */
export class Scene {
  public aws!: LocalAws;
  public cluster!: TestCluster;
  public namespace = '';
  /** The log of the function in this test. */
  public logged: string[] = [];
  private count = 0;

  constructor() {
    beforeAll(async () => {
      this.aws = await startLocalAws();
      this.cluster = await this.aws.startCluster('test');
      Object.assign(process.env, await this.cluster.functionEnvironment());
    });
    beforeEach(async () => {
      this.namespace = `test-${++this.count}`;
      await this.cluster.makeNamespace(this.namespace);
      await this.cluster.send('DELETE', RECORDS); // so that the stacks of earlier tests are forgotten
      this.logged = [];
      jest.spyOn(console, 'log').mockImplementation((...words) => void this.logged.push(words.join(' ')));
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(async () => {
      await this.aws?.stop();
    });
  }

  public account = (name: string, role?: string, more: object = {}) => ({
    apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: this.namespace, ...(role && { annotations: { 'eks.amazonaws.com/role-arn': role } }) }, ...more,
  });

  public secret = (name: string, value: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: this.namespace }, stringData: { password: value } });

  public config = (name: string, data: object = { key: 'value' }) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: this.namespace }, data });

  public job = (name: string, command: string, more: object = {}) => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: this.namespace },
    spec: {
      template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'any', command: ['sh', '-c', command] }] } },
      backoffLimit: 0,
      ...more,
    },
  });

  public binding = (name: string, role: string) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name, namespace: this.namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: this.namespace }],
  });

  /** All objects in the namespace of the test. */
  public look = () => this.cluster.look(this.namespace);

  /** The annotations of an object; undefined if the object does not exist. */
  public annotations = async (object: object) => {
    const found = await this.cluster.find(object);
    return found && (found.metadata.annotations ?? {});
  };

  public uid = async (object: object) => (await this.cluster.find(object))?.metadata.uid;

  /** The Secret with the record of a set, and its contents; undefined if there is no record, or only a Secret that the function has not written yet. */
  public record = async (owner: string) => {
    const secret = await this.cluster.get(recordPath(owner));
    return secret?.data && { secret, content: contentOf(secret.data.record) };
  };
}

export const RECORDS = '/api/v1/namespaces/cdk-irsa/secrets';

const hashOf = (owner: string) => createHash('sha256').update(owner).digest('hex').slice(0, 32);

/** The path of the record of a set. */
export const recordPath = (owner: string) => `${RECORDS}/${hashOf(owner)}`;

/** The field manager of a set. */
export const managerOf = (owner: string) => `cdk-irsa-${hashOf(owner)}`;

/** The annotations of an object that a set has created. */
export const madeBy = (owner: string) => ({ 'cdk-irsa/owner': owner, 'cdk-irsa/token': expect.stringMatching(/^[0-9a-f]{32}$/) });

export const ROLE = 'eks.amazonaws.com/role-arn';

/** The ARN of a role in the AWS account of the cluster. */
export const arnOf = (role: string) => `arn:aws:iam::123456789012:role/${role}`;
