"""Updates and deletes customer managed policies as CloudFormation does. moto only creates them."""
from moto.iam.models import ManagedPolicy, iam_backends
from roles import as_text
from updates import changes_only, knows_only

UPDATED = {"PolicyDocument", "Roles"}


def install():
    create = ManagedPolicy.create_from_cloudformation_json.__func__

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        knows_only(UPDATED | {"Description", "ManagedPolicyName", "Path"}, "AWS::IAM::ManagedPolicy", cloudformation_json["Properties"])
        return create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)

    def updated(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        policy, before, properties = original_resource, original_resource.local_properties, cloudformation_json["Properties"]
        changes_only(UPDATED, policy.cf_resource_type, before, properties)
        backend = iam_backends[account_id]["aws"]
        _attach(backend, policy, before.get("Roles", []), properties.get("Roles", []))
        if before["PolicyDocument"] != properties["PolicyDocument"]:
            backend.create_policy_version(policy.arn, as_text(properties["PolicyDocument"]), True)
            policy.versions = [version for version in policy.versions if version.is_default]  # a policy can have five
        return policy

    def deleted(cls, resource_name, cloudformation_json, account_id, region_name):
        backend = iam_backends[account_id]["aws"]
        _attach(backend, backend.get_policy(resource_name), cloudformation_json["Properties"].get("Roles", []), [])
        backend.delete_policy(resource_name)

    ManagedPolicy.create_from_cloudformation_json = classmethod(created)
    ManagedPolicy.update_from_cloudformation_json = classmethod(updated)
    ManagedPolicy.delete_from_cloudformation_json = classmethod(deleted)


def _attach(backend, policy, before, roles):
    for name in set(before) - set(roles):
        backend.detach_role_policy(policy.arn, name)
    for name in set(roles) - set(before):
        backend.attach_role_policy(policy.arn, name)
