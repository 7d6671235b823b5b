"""The resource types that IRSA needs and moto lacks, as models for moto's CloudFormation."""
import clusters
import eks_clusters
import managed_nodegroups
from access_entries import AccessEntry
from moto.cloudformation.exceptions import UnformattedGetAttTemplateException
from moto.cloudformation.models import cloudformation_backends
from moto.core.common_models import CloudFormationModel
from moto.eks.models import eks_backends
from moto.iam.models import iam_backends
from updates import changes_only

__name__ = "moto.local_aws.models"  # moto takes the name of the service from it, and finds only DIRECT subclasses of CloudFormationModel


def camel(value):
    """Converts the PascalCase keys of CloudFormation to the camelCase of the EKS API, at every depth."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: camel(item) for key, item in value.items()}
    return [camel(item) for item in value] if isinstance(value, list) else value


class Resource:
    """The methods that moto's CloudFormation calls on a model."""

    TYPE, NAME_PROPERTY = "", ""
    REPLACED_WITH = set()  # the properties whose change replaces the resource

    def __init__(self, physical_resource_id, attributes):
        self.physical_resource_id = physical_resource_id
        self.attributes = attributes

    @classmethod
    def cloudformation_type(cls):
        return cls.TYPE

    @classmethod
    def cloudformation_name_type(cls):
        return cls.NAME_PROPERTY

    @classmethod
    def has_cfn_attr(cls, _):
        return True

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        raise NotImplementedError(f"the local AWS cannot update {cls.TYPE}")

    def is_created(self):
        return True

    def get_cfn_attribute(self, name):
        if name not in self.attributes:
            raise UnformattedGetAttTemplateException()
        return self.attributes[name]


class Cluster(Resource, CloudFormationModel):
    TYPE, NAME_PROPERTY = "AWS::EKS::Cluster", "Name"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        props = cloudformation_json["Properties"]
        config = camel(props) | {"name": props.get("Name") or resource_name, "tags": {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}}
        creator = cloudformation_backends[account_id][region_name].stacks[kwargs["StackId"]].role_arn
        return cls(config["name"], eks_clusters.create(account_id, region_name, config, creator))

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        changes_only({"AccessConfig"}, cls.TYPE, original_resource.local_properties, props)
        eks_clusters.change_mode(account_id, region_name, original_resource.physical_resource_id, camel(props.get("AccessConfig")))
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        eks_clusters.delete(account_id, region_name, resource_name)


class Nodegroup(Resource, CloudFormationModel):
    TYPE, NAME_PROPERTY = "AWS::EKS::Nodegroup", "NodegroupName"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        props = cloudformation_json["Properties"]
        cluster, name = props["ClusterName"], (props.get("NodegroupName") or resource_name)[:63]
        made = eks_backends[account_id][region_name].create_nodegroup(
            cluster_name=cluster, node_role=props["NodeRole"], nodegroup_name=name, subnets=props["Subnets"],
            scaling_config=camel(props.get("ScalingConfig")), disk_size=props.get("DiskSize"),
            instance_types=props.get("InstanceTypes"), ami_type=props.get("AmiType"), labels=props.get("Labels"), taints=camel(props.get("Taints")),
            launch_template=camel(props.get("LaunchTemplate")), capacity_type=props.get("CapacityType"), tags=props.get("Tags"))
        return cls(f"{cluster}/{name}", {"Arn": made.arn, "ClusterName": cluster, "NodegroupName": name, "Id": f"{cluster}/{name}"})

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        cluster, name = original_resource.physical_resource_id.split("/", 1)
        changes_only({"ScalingConfig", "Labels", "LaunchTemplate", "Tags", "UpdateConfig"}, cls.TYPE, original_resource.local_properties, props)
        made = eks_backends[account_id][region_name].describe_nodegroup(cluster, name)
        made.scaling_config |= camel(props.get("ScalingConfig") or {})
        made.launch_template = camel(props.get("LaunchTemplate"))
        made.labels, made.tags = props.get("Labels") or {}, props.get("Tags") or {}
        managed_nodegroups.update(made)
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cluster, name = resource_name.split("/", 1)
        eks_backends[account_id][region_name].delete_nodegroup(cluster, name)


class AccessEntryResource(Resource, CloudFormationModel):
    TYPE, REPLACED_WITH = "AWS::EKS::AccessEntry", {"ClusterName", "PrincipalArn", "Type"}

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        props = cloudformation_json["Properties"]
        cluster, principal = props["ClusterName"], props["PrincipalArn"]
        eks_backends[account_id][region_name].describe_cluster(cluster)  # fails if the cluster does not exist
        clusters.find(cluster).access.add(AccessEntry.from_properties(props))
        return cls(f"{principal}|{cluster}", {"AccessEntryArn": f"arn:aws:eks:{region_name}:{account_id}:access-entry/{cluster}/{resource_name}"})

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        clusters.find(props["ClusterName"]).access.change(AccessEntry.from_properties(props))
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        principal, cluster = resource_name.split("|")
        if cluster in clusters.clusters:
            clusters.find(cluster).access.remove(principal)


class OidcProvider(Resource, CloudFormationModel):
    TYPE = "AWS::IAM::OIDCProvider"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        props = cloudformation_json["Properties"]
        made = iam_backends[account_id]["aws"].create_open_id_connect_provider(
            props["Url"], props.get("ThumbprintList", []), props.get("ClientIdList", []), props.get("Tags", []))
        return cls(made.arn, {"Arn": made.arn})

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        changes_only({"ClientIdList", "ThumbprintList"}, cls.TYPE, original_resource.local_properties, props)
        made = iam_backends[account_id]["aws"].get_open_id_connect_provider(original_resource.physical_resource_id)
        made.client_id_list, made.thumbprint_list = props.get("ClientIdList", []), props.get("ThumbprintList", [])
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        iam_backends[account_id]["aws"].delete_open_id_connect_provider(resource_name)


class EventInvokeConfig(Resource, CloudFormationModel):
    """The retries of a function that is invoked asynchronously. It has no effect here."""

    TYPE = "AWS::Lambda::EventInvokeConfig"

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        return cls(resource_name, {})

    @classmethod
    def delete_from_cloudformation_json(cls, *_):
        pass
