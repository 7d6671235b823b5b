"""Creates and updates roles as CloudFormation does. moto ignores ManagedPolicyArns, and updates only tags."""
import json

import trust_policies
from moto.iam.models import Role, iam_backends
from updates import changes_only

UPDATED = {"AssumeRolePolicyDocument", "Description", "ManagedPolicyArns", "MaxSessionDuration", "PermissionsBoundary", "Policies"}


def install():
    create = Role.create_from_cloudformation_json.__func__
    delete = Role.delete_from_cloudformation_json.__func__
    put = Role.put_policy

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        trust_policies.check(as_text(cloudformation_json["Properties"]["AssumeRolePolicyDocument"]))
        role = create(cls, _short(resource_name), cloudformation_json, account_id, region_name, **kwargs)
        _attach(role, account_id, {}, cloudformation_json["Properties"])
        return role

    def updated(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        role, before, properties = original_resource, original_resource.local_properties, cloudformation_json["Properties"]
        changes_only(UPDATED, role.cf_resource_type, before, properties)
        trust_policies.check(as_text(properties["AssumeRolePolicyDocument"]))
        role.assume_role_policy_document = as_text(properties["AssumeRolePolicyDocument"])
        role.description, role.max_session_duration = properties.get("Description", ""), properties.get("MaxSessionDuration")
        role.permissions_boundary_arn = properties.get("PermissionsBoundary")
        for policy in before.get("Policies", []):
            role.policies.pop(policy["PolicyName"])
        for policy in properties.get("Policies", []):
            role.put_policy(policy["PolicyName"], policy["PolicyDocument"])
        _attach(role, account_id, before, properties)
        return role

    def deleted(cls, resource_name, cloudformation_json, account_id, region_name):
        _attach(iam_backends[account_id]["aws"].get_role(resource_name), account_id, cloudformation_json["Properties"], {})
        return delete(cls, resource_name, cloudformation_json, account_id, region_name)

    Role.create_from_cloudformation_json = classmethod(created)
    Role.update_from_cloudformation_json = classmethod(updated)
    Role.delete_from_cloudformation_json = classmethod(deleted)
    # moto would store the policy as an object, which it cannot list
    Role.put_policy = lambda self, name, document: put(self, name, as_text(document))


def _short(name):
    """A name has at most 64 characters. The end of a generated name is random, so that is kept."""
    return name if len(name) <= 64 else name[:51] + name[-13:]


def _attach(role, account_id, before, properties):
    """A role keeps the policies that another resource, such as AWS::IAM::ManagedPolicy, has attached to it."""
    backend, wanted = iam_backends[account_id]["aws"], properties.get("ManagedPolicyArns") or []
    for arn in set(before.get("ManagedPolicyArns") or []) - set(wanted):
        backend.detach_role_policy(arn, role.name)
    for arn in wanted:
        backend.attach_role_policy(arn, role.name)


def as_text(document):
    return document if isinstance(document, str) else json.dumps(document)
