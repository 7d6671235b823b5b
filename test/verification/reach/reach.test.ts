import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, ServiceAccountRole, ServiceAccountSubject, verification } from '../../../lib';
import { version } from '../../stacks';
import { account, accountRole, allow, arnOf, association, clusterTemplate, deny, job, objects, podIdentityTrust, role } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections));
const outcomes = (access: verification.PodAccess, serviceAccountName = 'app', action = LIST) => {
  const { outcome, outcomeByDefault } = access.pod({ serviceAccountName, definedElsewhere: true }).decide(action);
  return [outcome, outcomeByDefault];
};
const metadata = (options: object) => ({
  Nodes: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('NodeRole'), LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } } },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: options } } },
});
const fromRole = (roleId: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf(roleId) } });
const REACHED = metadata({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
const ALLOWED = ['ALLOWED', 'ALLOWED'];
const DENIED = ['DENIED', 'DENIED'];
/** The pod can get it, but SDKs do not use it by default. */
const REACHABLE = ['ALLOWED', 'DENIED'];

describe('the credentials of a pod', () => {
  test.each<[string, object, string[]]>([
    ['are those of the role that its account is annotated with', { Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Role')) }, ALLOWED],
    ['are none if the trust policy names another account', { Role: accountRole('default:other', allow(LIST)), Objects: objects(account('app', 'Role')) }, DENIED],
    ['are none if the trust policy names another namespace', { Role: accountRole('other:app', allow(LIST)), Objects: objects(account('app', 'Role')) }, DENIED],
    ['are none without annotation and trust', { Objects: objects(account('app')) }, DENIED],
    ['include those of each role that trusts the account, annotated or not', { Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app')) }, REACHABLE],
    ['are not known by default if no template defines the account', { Role: accountRole('default:app', allow(LIST)) }, ['ALLOWED', 'UNKNOWN']],
    ['are those of its association', { Role: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Role') }, ALLOWED],
    ['are not those of the association of another account', { Role: role(podIdentityTrust(), allow(LIST)), Association: association('other', 'Role') }, DENIED],
    ['are none if the trust policy of an associated role lacks sts:TagSession', { Role: role({ ...podIdentityTrust(), Action: 'sts:AssumeRole' }, allow(LIST)), Association: association('app', 'Role') }, DENIED],
    ['need no sts:TagSession without session tags', { Role: role({ ...podIdentityTrust(), Action: 'sts:AssumeRole' }, allow(LIST)), Association: association('app', 'Role', { DisableSessionTags: true }) }, ALLOWED],
    ['are none if the session tags are not those that the role trusts', {
      Role: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'other' } }), allow(LIST)), Association: association('app', 'Role'),
    }, DENIED],
    ['are those of the association if there is an annotation, too', {
      Associated: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Associated'), Annotated: accountRole('default:app'), Objects: objects(account('app', 'Annotated')),
    }, ALLOWED],
    ['include those of the annotation if there is an association, too', {
      Associated: role(podIdentityTrust()), Association: association('app', 'Associated'), Annotated: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Annotated')),
    }, REACHABLE],
    ['are not known if the annotated role is not in the templates', {
      Objects: objects({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/elsewhere' } } }),
    }, ['UNKNOWN', 'UNKNOWN']],
  ])('%s', (_, resources, expected) => {
    expect(outcomes(read(resources))).toEqual(expected);
  });

  describe('of a role whose trust policy is not known', () => {
    const ELSEWHERE = 'arn:aws:iam::999988887777:role/elsewhere';
    const annotated = (name: string, roleArn: string) => objects({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'default', annotations: { 'eks.amazonaws.com/role-arn': roleArn } } });
    const withoutProvider = (resources: object, sections?: object) => {
      const template = clusterTemplate(resources, sections);
      delete template.stack.Resources.Provider;
      return PodAccess.fromTemplates(template);
    };
    const unreadable = { ...accountRole('default:app', allow(LIST)) };
    unreadable.Properties = { ...unreadable.Properties, AssumeRolePolicyDocument: { 'Fn::Sub': '{"Version":"2012-10-17","Statement":[${Statement}]}' } };
    const PARAMETER = { Parameters: { Statement: { Type: 'String' } } };

    test.each<[string, verification.PodAccess]>([
      ['an annotation names it, and the templates have no provider', withoutProvider({ Objects: annotated('app', ELSEWHERE) })],
      ['an annotation names it, and the templates have a provider in another account',
        read({ Objects: annotated('app', ELSEWHERE) }).assume({ parameters: { 'AWS::AccountId': '111122223333' } })],
      ['an annotation names it, and it is in the templates', withoutProvider({ Role: unreadable, Objects: objects(account('app', 'Role')) }, PARAMETER)],
    ])('are not known: %s', (_, access) => {
      expect(outcomes(access)).toEqual(['UNKNOWN', 'UNKNOWN']);
    });

    test('are not known if nothing names it, but the default is none', () => {
      expect(outcomes(withoutProvider({ Role: unreadable, Objects: objects(account('app')) }, PARAMETER))).toEqual(['UNKNOWN', 'DENIED']);
    });

    test('are not known if you state that a chart names it', () => {
      const pod = withoutProvider({}).pod({ serviceAccountName: 'app', annotatedRoleArn: ELSEWHERE });
      expect(pod.decide(LIST).outcome).toBe('UNKNOWN');
      expect(pod.decide(LIST).outcomeByDefault).toBe('UNKNOWN');
      expect(`${pod.decide(LIST)}`).toContain(`an identity provider of cluster prod in the account of role ${ELSEWHERE}, which the templates do not show`);
    });
  });

  test('can be stated for an account that a chart creates', () => {
    const stack = new Stack(new App(), 'Stack');
    const cluster = new IrsaCluster(stack, 'Cluster', { version });
    const app = new ServiceAccountRole(stack, 'App', { cluster, subjects: [ServiceAccountSubject.exact('default', 'app')] });
    app.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: [LIST], resources: ['*'] }));
    const access = PodAccess.fromStack(stack);
    expect(outcomes(access)).toEqual(['ALLOWED', 'UNKNOWN']);
    expect(() => access.pod({ serviceAccountName: 'app' }).assertAllowed(LIST)).toThrow(
      '  - the annotation of the service account, which no template defines for certain: if you know it, pass annotatedRoleArn to PodAccess.pod');
    const pod = access.pod({ serviceAccountName: 'app', annotatedRoleArn: app.roleArn });
    pod.assertAllowed(LIST);
    expect(`${pod.decide(LIST)}`).toContain(' (from annotatedRoleArn)');
    expect(() => read({ Objects: objects(account('app')) }).pod({ serviceAccountName: 'app', annotatedRoleArn: 'arn:aws:iam::111122223333:role/app' })).toThrow(
      'omit annotatedRoleArn: the templates define service account default/app, including its annotation');
  });
});

describe('the credentials of an association', () => {
  const resources = { Role: role(podIdentityTrust(), allow(LIST)), Association: association('app', 'Role'), Objects: objects(account('app')) };
  const withoutAgent = { ...resources, Agent: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName: 'vpc-cni' } } };
  const WHY = 'whether cluster prod has the EKS Pod Identity agent: the templates have neither its add-on eks-pod-identity-agent nor EKS Auto Mode';

  test('are not known without the EKS Pod Identity agent, and a finding says so', () => {
    const access = read(withoutAgent);
    expect(outcomes(access)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(access.pod({ serviceAccountName: 'app' }).decide(LIST).missing).toEqual([WHY]);
    expect(access.findings).toContainEqual(expect.objectContaining({ id: 'no-pod-identity-agent', message: expect.stringContaining(WHY) }));
    access.pod({ serviceAccountName: 'app' }).assertDenied('s3:ListAllMyBuckets');
  });

  test('are those of the role with EKS Auto Mode, which has the agent', () => {
    const Cluster = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ComputeConfig: { Enabled: true } } };
    const access = read({ ...withoutAgent, Cluster, Nodes: { Type: 'AWS::CDK::Metadata' } });
    expect(outcomes(access)).toEqual(ALLOWED);
    expect(access.findings.map(({ id }) => id)).not.toContain('no-pod-identity-agent');
  });

  test('are those of the role in a cluster that exists already, whose agent is assumed', () => {
    const { Agent: _, ...others } = withoutAgent;
    const access = PodAccess.fromTemplates({ stack: { Resources: JSON.parse(JSON.stringify(others).replaceAll('{"Ref":"Cluster"}', '"existing"')) } });
    const decision = access.pod({ serviceAccountName: 'app' }).decide(LIST);
    expect(decision.outcomeByDefault).toBe('ALLOWED');
    expect(`${decision}`).toContain('cluster existing, which no template creates, is assumed to have the EKS Pod Identity agent');
  });
});

describe('objects that the templates do not show', () => {
  const chart = { Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Chart: 'app' } } };
  const NOTE = 'Note: the templates do not show all objects of the cluster, and others can change service account default/app, or run its pods on the network of their nodes: the objects of the Helm chart Chart are not read';

  test('make the default credentials of an account unknown that the templates do not define', () => {
    const access = read({ ...chart, Role: accountRole('default:app', allow(LIST)) });
    expect(outcomes(access)).toEqual(['ALLOWED', 'UNKNOWN']);
    expect(`${access.pod({ serviceAccountName: 'app' }).decide(LIST)}`).toContain(NOTE);
  });

  test('are noted for one that the templates define', () => {
    const access = read({ ...chart, Role: accountRole('default:app', allow(LIST)), Objects: objects(account('app', 'Role')) });
    expect(outcomes(access)).toEqual(ALLOWED);
    expect(`${access.pod({ serviceAccountName: 'app' }).decide(LIST)}`).toContain(NOTE);
  });
});

describe('the role of a node', () => {
  test.each<[string, object, string[]]>([
    ['is out of reach with a hop limit of 1', metadata({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 }), DENIED],
    ['is in reach with a hop limit of 2', REACHED, ALLOWED],
    ['is in reach with IMDSv1', metadata({ HttpTokens: 'optional', HttpPutResponseHopLimit: 1 }), ALLOWED],
    ['is out of reach without instance metadata', metadata({ HttpEndpoint: 'disabled' }), DENIED],
    ['is not known to be out of reach without settings', metadata({}), ['UNKNOWN', 'UNKNOWN']],
    ['is in reach of pods with host network', { Objects: objects(account('app'), job('agent', 'app', { hostNetwork: true })) }, ALLOWED],
    ['is not what SDKs use if the account is annotated with a role', {
      ...REACHED, Role: accountRole('default:app'), Objects: objects(account('app', 'Role')),
    }, REACHABLE],
    ['is not what SDKs use if the annotated role does not trust the account', {
      ...REACHED, Role: accountRole('default:other'), Objects: objects(account('app', 'Role')),
    }, REACHABLE],
    ['is not what SDKs use if the account has an association', {
      ...REACHED, Role: role(podIdentityTrust()), Association: association('app', 'Role'),
    }, REACHABLE],
    ['is what SDKs use if a role trusts the account, but is not in its annotation', { ...REACHED, Role: accountRole('default:app') }, ALLOWED],
    ['is not known to be what SDKs use if no template defines the account', { ...REACHED, Objects: objects(account('other')) }, ['ALLOWED', 'UNKNOWN']],
    ['is not known to be what SDKs use if only the deployment knows whose association it is', {
      ...REACHED, Role: role(podIdentityTrust()), Association: association('app', 'Role', { ServiceAccount: { Ref: 'Name' } }),
    }, ['ALLOWED', 'UNKNOWN']],
    ['is not known to be what SDKs use if pods reach it on some nodes only', {
      ...REACHED, Others: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD' } },
    }, ['ALLOWED', 'UNKNOWN']],
    ['is out of reach of pods with host network without instance metadata', {
      ...metadata({ HttpEndpoint: 'disabled' }), Objects: objects(account('app'), job('agent', 'app', { hostNetwork: true })),
    }, DENIED],
  ])('%s', (_, resources, expected) => {
    expect(outcomes(read({ Objects: objects(account('app')), ...resources }, { Parameters: { Name: { Type: 'String' } } }))).toEqual(expected);
  });

  test('is what SDKs use in pods of the account default, which Kubernetes creates without an annotation', () => {
    expect(outcomes(read(REACHED), 'default')).toEqual(ALLOWED);
    expect(outcomes(read({ ...REACHED, Role: accountRole('default:default'), Objects: objects(account('default', 'Role')) }), 'default')).toEqual(REACHABLE);
  });

  test('of other nodes is unknown, unless you state that there are none', () => {
    const access = PodAccess.fromTemplates({ stack: { Resources: { Objects: { ...objects(account('app')), Properties: { ...objects(account('app')).Properties, ClusterName: 'existing' } } } } });
    expect(outcomes(access)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(() => access.pod({ serviceAccountName: 'app' }).assertDenied(LIST)).toThrow('cluster existing may have nodes that the templates do not show');
    const assumed = access.assume({ noOtherNodes: true });
    expect(outcomes(assumed)).toEqual(DENIED);
    expect(assumed.pod({ serviceAccountName: 'app' }).decide(LIST).toString()).toContain('Assumed: clusters have no nodes but those in the templates');
  });

  test('is what a node can do', () => {
    const node = read({}).nodegroup({ nodegroupName: 'nodes' });
    node.assertAllowed(LIST);
    node.assertDenied('s3:ListAllMyBuckets');
    expect(() => node.assertDenied(LIST)).toThrow('nodes of nodegroup Nodes must be denied sqs:ListQueues, but are allowed');
  });
});

describe('roles that are assumed with other credentials', () => {
  const chain = (first: object[], trust: object, second: object[] = [allow(LIST)]) => ({
    First: accountRole('default:app', ...first), Second: role(trust, ...second), Objects: objects(account('app', 'First')),
  });
  test.each<[string, object, string[]]>([
    ['are in reach if both sides allow it', chain([allow('sts:AssumeRole', arnOf('Second'))], fromRole('First')), REACHABLE],
    ['are in reach if the trust policy names the role itself', chain([], fromRole('First')), REACHABLE],
    ['are out of reach if only the role allows it', chain([allow('sts:AssumeRole', arnOf('Second'))], fromRole('NodeRole')), DENIED],
    ['are out of reach if only the account is trusted', chain([], { ...fromRole('First'), Principal: { AWS: { Ref: 'AWS::AccountId' } } }), DENIED],
    ['are in reach if the account is trusted and the role allows it', chain([allow('sts:*')], { ...fromRole('First'), Principal: { AWS: { Ref: 'AWS::AccountId' } } }), REACHABLE],
    ['are out of reach if a statement denies it', chain([deny('sts:AssumeRole', arnOf('Second'))], fromRole('First')), DENIED],
    ['are in reach through others, and a cycle ends', {
      ...chain([], fromRole('First'), []), Third: role([fromRole('Second'), fromRole('Third')], allow(LIST)), Second: role([fromRole('First'), fromRole('Third')]),
    }, REACHABLE],
    ['make the answer unknown if they are not in the templates', chain([allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/elsewhere')], fromRole('NodeRole')), ['UNKNOWN', 'DENIED']],
    ['are the credentials of an association with a target role', {
      First: role(podIdentityTrust(), allow(['sts:AssumeRole', 'sts:TagSession'])),
      Second: role({ ...fromRole('First'), Action: ['sts:AssumeRole', 'sts:TagSession'] }, allow(LIST)),
      Association: association('app', 'First', { TargetRoleArn: arnOf('Second') }),
    }, ALLOWED],
    ['are not in reach of an association whose target role does not trust the role', {
      First: role(podIdentityTrust(), allow(LIST)), Second: role(fromRole('NodeRole'), allow(LIST)), Association: association('app', 'First', { TargetRoleArn: arnOf('Second') }),
    }, DENIED],
  ])('%s', (_, resources, expected) => {
    expect(outcomes(read(resources))).toEqual(expected);
  });
});
