import { join } from 'node:path';
import { describeWithPython, PythonProgram } from './python-program';

const FOLDER = join(__dirname, '..', '..', 'local-aws', 'server', 'cluster_autoscaler');
const PROGRAM = `
import json, sys
sys.path.insert(0, sys.argv[1])
for line in sys.stdin:
    module, name, args = json.loads(line)
    print(json.dumps(getattr(__import__(module), name)(*args)), flush=True)
`;
const program = new PythonProgram(['-I', '-B', '-c', PROGRAM, FOLDER]);

/** The result of a function of the stand-in or of its entrypoint. */
async function call(module: string, name: string, ...args: unknown[]): Promise<any> {
  const [answer] = await program.answersTo([[module, name, args]]);
  return answer;
}

const pod = (requests: object, spec: object = {}) => ({ spec: { containers: [{ resources: { requests } }], ...spec } });
const template = (more: object = {}) => ({ labels: { team: 'reports' }, taints: [], allocatable: { cpu: '2', memory: '4Gi', pods: '110' }, ...more });
const SPARE = { key: 'spare', value: 'yes', effect: 'NoSchedule' };

describeWithPython('the stand-in for Cluster Autoscaler', () => {
  test.each<[string, object[], object, number, number]>([
    ['none for no pods', [], template(), 0, 0],
    ['one for a pod without requests', [pod({})], template(), 0, 1],
    ['one for two pods that fit together', [pod({ cpu: '1500m' }), pod({ cpu: '500m' })], template(), 0, 1],
    ['two for two pods that do not fit together', [pod({ cpu: '1500m' }), pod({ cpu: '501m' })], template(), 0, 2],
    ['two for two pods with too much memory for one', [pod({ memory: '3Gi' }), pod({ memory: '1025Mi' })], template(), 0, 2],
    ['two for two pods on nodes for one pod', [pod({}), pod({})], template({ allocatable: { pods: '1' } }), 0, 2],
    ['none for a pod that is larger than a node', [pod({ cpu: '3' })], template(), 0, 0],
    ['none for a pod that needs a resource that a node does not have', [pod({ 'nvidia.com/gpu': '1' })], template(), 0, 0],
    ['none for a pod that fits on a node that is upcoming', [pod({ cpu: '2' })], template(), 1, 0],
    ['one for a pod that does not fit on what is upcoming', [pod({ cpu: '2' }), pod({ cpu: '1' })], template(), 1, 1],
    ['one for a pod that selects these nodes', [pod({}, { nodeSelector: { team: 'reports' } })], template(), 0, 1],
    ['none for a pod that selects other nodes', [pod({}, { nodeSelector: { team: 'orders' } })], template(), 0, 0],
    ['none for a pod that does not tolerate a taint', [pod({})], template({ taints: [SPARE] }), 0, 0],
    ['one for a pod that tolerates the value of a taint', [pod({}, { tolerations: [{ key: 'spare', value: 'yes' }] })], template({ taints: [SPARE] }), 0, 1],
    ['one for a pod that tolerates any value', [pod({}, { tolerations: [{ key: 'spare', operator: 'Exists' }] })], template({ taints: [SPARE] }), 0, 1],
    ['none for a pod that tolerates another effect', [pod({}, { tolerations: [{ key: 'spare', operator: 'Exists', effect: 'NoExecute' }] })], template({ taints: [SPARE] }), 0, 0],
    ['one for a pod if the taint is only a preference', [pod({})], template({ taints: [{ ...SPARE, effect: 'PreferNoSchedule' }] }), 0, 1],
  ])('needs %s', async (_, pods, node, upcoming, expected) => {
    expect(await call('scheduling', 'nodes_needed', pods, node, upcoming)).toBe(expected);
  });

  test.each<[string, object, boolean]>([
    ['that no node has room for', { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }, true],
    ['that is scheduled', { conditions: [{ type: 'PodScheduled', status: 'True' }] }, false],
    ['that the scheduler has not seen yet', {}, false],
  ])('knows whether a pod %s waits for a node', async (_, status, expected) => {
    expect(await call('scheduling', 'is_unschedulable', { status })).toBe(expected);
  });

  test('gives the program the endpoint of each service', async () => {
    const config: string = await call('start', 'cloud_config', { AWS_REGION: 'us-west-2', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(config.match(/^service=.*$/gm)).toEqual(['service=autoscaling', 'service=ec2', 'service=eks']);
    expect(config).toContain('[serviceoverride "3"]\nservice=eks\nregion=us-west-2\nurl=http://127.0.0.1:1\nsigningregion=us-west-2\nsigningname=eks\n');
  });

  test('gives the program the API server, and the token of the pod', async () => {
    const config = JSON.parse(await call('start', 'kubeconfig', '/account', { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '2' }));
    expect(config.clusters[0].cluster).toEqual({ 'server': 'https://127.0.0.1:2', 'certificate-authority': '/account/ca.crt' });
    expect(config.users[0].user).toEqual({ tokenFile: '/account/token' });
  });
});
