import { ResourceTypes } from './resource-type';
import { at } from './takeovers';

/** Instances, what launches them, and how others sign in to them. */
export const INSTANCES: ResourceTypes = {
  'AWS::AutoScaling::LaunchConfiguration': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::KeyPair': { matters: 'whoever reads its private key can sign in to instances' },
  'AWS::EC2::LaunchTemplate': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::Instance': { matters: 'it can be a node of a cluster' },
  'AWS::EC2::EC2Fleet': { matters: 'its instances can be nodes of a cluster' },
  'AWS::EC2::SpotFleet': { matters: 'its instances can be nodes of a cluster' },
  /** Also instances with another role than that of their launch template. @see https://docs.aws.amazon.com/pcs/latest/userguide/working-with_launch-templates.html */
  'AWS::PCS::ComputeNodeGroup': {
    program: {
      roles: [], instanceProfiles: at('IamInstanceProfileArn'), takenOverBy: [], takenOverElsewhere: ['pcs:UpdateComputeNodeGroup'],
    },
  },
  'AWS::WorkspacesInstances::WorkspaceInstance': {
    program: { roles: [], instanceProfiles: at('ManagedInstance.IamInstanceProfile.Arn', 'ManagedInstance.IamInstanceProfile.Name'), takenOverBy: [] },
  },
};
