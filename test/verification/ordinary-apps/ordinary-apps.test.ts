import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Answers, answersOf } from './answers';
import { OrdinaryApp } from './app';
import * as v1 from './aws-eks-apps';
import * as v2 from './aws-eks-v2-apps';
import * as other from './other-apps';
import { checked } from './violations';

process.env.JSII_DEPRECATED = 'quiet'; // aws-eks itself uses its deprecated OIDC provider

const APPS: { readonly [name: string]: () => OrdinaryApp } = {
  'aws-eks with a chart, and the nodes that it creates by default': v1.chart,
  'aws-eks with the AWS Load Balancer Controller': v1.loadBalancers,
  'aws-eks with manifests and aws-auth, for any account': v1.manifests,
  'aws-eks with nodegroups and AWS Fargate': v1.nodegroups,
  'aws-eks with nodes of an Auto Scaling group': v1.selfManaged,
  'aws-eks with a custom resource that calls AWS': v1.customResource,
  'aws-eks with a cluster of another app': v1.imported,
  'aws-eks-v2 with IRSA and EKS Pod Identity': v2.accounts,
  'aws-eks-v2 with EKS Auto Mode': v2.autoMode,
  'aws-eks-v2 with a chart and a patch': v2.chartAndPatch,
  'aws-eks-v2 with data and services in other stacks': v2.severalStacks,
  'aws-eks-v2 with Karpenter': () => v2.karpenter(),
  'aws-eks-v2 with Karpenter and its node pool': v2.karpenterPool,
  'roles of this library, for what GitOps applies': other.gitOps,
  'IrsaTestStack and PodIdentityTestStack': other.irsaTest,
  'ClusterAutoscalerStack': other.clusterAutoscaler,
  'templates in the shape of those of eksctl': other.eksctl,
};

const NODES_BY_DEFAULT = ['warning reachable-node-role: ClusterNodegroupDefaultCapacity']; // Amazon Linux 2, without a launch template

/** What PodAccessPlugin reports. The others break no rule, in particular the examples of this repository. */
const VIOLATIONS: { readonly [name: string]: readonly string[] } = {
  'aws-eks with a chart, and the nodes that it creates by default': NODES_BY_DEFAULT,
  'aws-eks with the AWS Load Balancer Controller': NODES_BY_DEFAULT,
  'aws-eks with manifests and aws-auth, for any account': NODES_BY_DEFAULT,
  'aws-eks with a custom resource that calls AWS': NODES_BY_DEFAULT,
  'aws-eks-v2 with IRSA and EKS Pod Identity': ['note pod-identity-of-any-cluster: ClusterResizerRole'],
  'aws-eks-v2 with EKS Auto Mode': ['note pod-identity-of-any-cluster: ClusterBotRole'],
  'aws-eks-v2 with Karpenter': ['note pod-identity-of-any-cluster: ClusterKarpenterRole'],
  'aws-eks-v2 with Karpenter and its node pool': ['note pod-identity-of-any-cluster: ClusterKarpenterRole'],
};

const FILE = join(__dirname, 'answers.json');
const HOW_TO_UPDATE = 'If the new answers are right, write them with UPDATE=1 npx jest test/verification/ordinary-apps, and read what has changed.';
const isUpdate = process.env.UPDATE === '1' && !process.env.CI;

const reviewed: { readonly [name: string]: Answers } = JSON.parse(readFileSync(FILE, 'utf8'));
const found: { [name: string]: Answers } = {};

function expectReviewed(actual: unknown, expected: unknown): void {
  if (isUpdate) {
    return;
  }
  try {
    expect(actual).toEqual(expected);
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${HOW_TO_UPDATE}`);
  }
}

test.each(Object.entries(APPS))('the answers about %s are the reviewed ones', (name, define) => {
  const { app, success, violations } = checked(define);
  expect(success).toBe(true); // with FailOn.ERROR
  expect(violations).toEqual(VIOLATIONS[name] ?? []);
  found[name] = answersOf(app);
  expectReviewed(found[name], reviewed[name]);
});

test('no other answers are in the file', () => {
  expectReviewed(Object.keys(reviewed), Object.keys(APPS));
});

afterAll(() => {
  if (isUpdate) {
    const answers = Object.fromEntries(Object.keys(APPS).map((name) => [name, found[name] ?? reviewed[name]]));
    writeFileSync(FILE, `${JSON.stringify(answers, undefined, 2)}\n`);
  }
});
