"""AWS::EKS::Addon for moto's CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html
"""
import clusters
from addons import Addon
from eks_errors import ResourceNotFound
from moto.core.common_models import CloudFormationModel
from resources import Resource
from updates import knows_only

__name__ = "moto.local_aws.addon_models"  # moto takes the name of the service from it

PROPERTIES = {"AddonName", "AddonVersion", "ClusterName", "ConfigurationValues", "PodIdentityAssociations", "PreserveOnDelete", "ResolveConflicts",
              "ServiceAccountRoleArn", "Tags"}


class AddonResource(Resource, CloudFormationModel):
    TYPE, REPLACED_WITH = "AWS::EKS::Addon", {"AddonName", "ClusterName"}

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        props = cloudformation_json["Properties"]
        knows_only(PROPERTIES, cls.TYPE, props)
        addon = Addon(account=account_id, region=region_name, cluster=props["ClusterName"], name=props["AddonName"], **_changeable(props))
        clusters.find(addon.cluster).addons.add(addon)
        return cls(f"{addon.cluster}|{addon.name}", {"Arn": addon.arn})

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        knows_only(PROPERTIES, cls.TYPE, props)
        clusters.find(props["ClusterName"]).addons.change(props["AddonName"], **_changeable(props))
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cluster, name = resource_name.split("|")
        preserve = str(cloudformation_json["Properties"].get("PreserveOnDelete", False)).lower() == "true"
        try:
            clusters.find(cluster).addons.remove(name, preserve)
        except ResourceNotFound:
            pass  # for CloudFormation, what is gone is deleted


def _changeable(props):
    return {"version": props.get("AddonVersion"), "configuration_values": props.get("ConfigurationValues"),
            "service_account_role_arn": props.get("ServiceAccountRoleArn"),
            "roles": {association["ServiceAccount"]: association["RoleArn"] for association in props.get("PodIdentityAssociations", [])},
            "tags": {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}}
