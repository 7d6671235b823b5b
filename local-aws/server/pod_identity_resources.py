"""AWS::EKS::PodIdentityAssociation for moto's CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html
"""
import clusters
from eks_errors import ResourceNotFound
from moto.core.common_models import CloudFormationModel
from pod_identity_associations import Association
from resources import Resource

__name__ = "moto.local_aws.pod_identity_models"  # moto takes the name of the service from it


class PodIdentityAssociation(Resource, CloudFormationModel):
    TYPE, REPLACED_WITH = "AWS::EKS::PodIdentityAssociation", {"ClusterName", "Namespace", "ServiceAccount"}

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **_):
        props = cloudformation_json["Properties"]
        association = Association(account=account_id, region=region_name, cluster=props["ClusterName"], namespace=props["Namespace"],
                                  service_account=props["ServiceAccount"], **_changeable(props))
        clusters.find(props["ClusterName"]).pod_identity.associations.add(association)
        return cls(association.arn, {"AssociationArn": association.arn, "AssociationId": association.id, "ExternalId": association.external_id})

    @classmethod
    def update_from_cloudformation_json(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        props = cloudformation_json["Properties"]
        clusters.find(props["ClusterName"]).pod_identity.associations.change(original_resource.attributes["AssociationId"], **_changeable(props))
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name):
        cluster, association_id = resource_name.split("/")[-2:]
        try:
            clusters.find(cluster).pod_identity.associations.remove(association_id)
        except ResourceNotFound:
            pass  # for CloudFormation, what is gone is deleted


def _changeable(props):
    return {"role_arn": props["RoleArn"], "target_role_arn": props.get("TargetRoleArn"), "policy": props.get("Policy"),
            "disable_session_tags": str(props.get("DisableSessionTags", False)).lower() == "true",
            "tags": {tag["Key"]: tag["Value"] for tag in props.get("Tags", [])}}
