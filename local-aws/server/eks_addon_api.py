"""The operations of the EKS API on add-ons, which moto lacks."""
import clusters
from addons import Addon
from moto.core.responses import ActionResult


def create_addon(response):
    roles = {association["serviceAccount"]: association["roleArn"] for association in response._get_param("podIdentityAssociations") or []}
    addon = Addon(
        account=response.current_account, region=response.region, cluster=response._get_param("name"), name=response._get_param("addonName"),
        version=response._get_param("addonVersion"), configuration_values=response._get_param("configurationValues"),
        service_account_role_arn=response._get_param("serviceAccountRoleArn"), roles=roles, tags=response._get_param("tags") or {})
    _addons(response).add(addon)
    return _answer(response, addon)


def list_addons(response):
    return ActionResult({"addons": _addons(response).names()})


def describe_addon(response):
    return _answer(response, _addons(response).find(response._get_param("addonName")))


def delete_addon(response):
    addon = _addons(response).find(response._get_param("addonName"))
    answer = _answer(response, addon)
    _addons(response).remove(addon.name, response._get_param("preserve") == "true")
    return answer


OPERATIONS = (create_addon, list_addons, describe_addon, delete_addon)


def _addons(response):
    return clusters.find(response._get_param("name")).addons


def _answer(response, addon):
    return ActionResult({"addon": {
        "addonName": addon.name, "clusterName": addon.cluster, "status": "ACTIVE", "addonVersion": addon.version, "addonArn": addon.arn,
        "configurationValues": addon.configuration_values, "serviceAccountRoleArn": addon.service_account_role_arn, "tags": addon.tags,
        "podIdentityAssociations": [association.arn for association in _addons(response).associations_of(addon)]}})
