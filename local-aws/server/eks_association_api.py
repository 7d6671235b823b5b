"""The operations of the EKS API on Pod Identity associations, which moto lacks."""
import clusters
from moto.core.responses import ActionResult
from pod_identity_associations import Association


def create_pod_identity_association(response):
    association = Association(
        account=response.current_account, region=response.region, cluster=response._get_param("name"), namespace=response._get_param("namespace"),
        service_account=response._get_param("serviceAccount"), role_arn=response._get_param("roleArn"),
        target_role_arn=response._get_param("targetRoleArn"), disable_session_tags=bool(response._get_param("disableSessionTags")),
        policy=response._get_param("policy"), tags=response._get_param("tags") or {})
    _associations(response).add(association)
    return ActionResult({"association": _described(association)})


def list_pod_identity_associations(response):
    asked = {"namespace": response._get_param("namespace"), "service_account": response._get_param("serviceAccount")}
    found = [association for association in _associations(response).all()
             if all(value in (None, getattr(association, name)) for name, value in asked.items())]
    return ActionResult({"associations": [_summary(association) for association in found]})


def describe_pod_identity_association(response):
    return ActionResult({"association": _described(_associations(response).find(response._get_param("associationId")))})


def delete_pod_identity_association(response):
    association = _associations(response).find(response._get_param("associationId"))
    _associations(response).remove(association.id)
    return ActionResult({"association": _described(association)})


OPERATIONS = (create_pod_identity_association, list_pod_identity_associations, describe_pod_identity_association, delete_pod_identity_association)


def _associations(response):
    return clusters.find(response._get_param("name")).pod_identity.associations


def _summary(association):
    return {"clusterName": association.cluster, "namespace": association.namespace, "serviceAccount": association.service_account,
            "associationArn": association.arn, "associationId": association.id, "ownerArn": association.owner}


def _described(association):
    return _summary(association) | {
        "roleArn": association.role_arn, "tags": association.tags, "disableSessionTags": association.disable_session_tags,
        "targetRoleArn": association.target_role_arn, "externalId": association.external_id, "policy": association.policy}
