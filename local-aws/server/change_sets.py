"""Change sets by stack and name. moto finds them only by name, and the CDK CLI gives every change set the same name."""
from moto.cloudformation.exceptions import CloudFormationError
from moto.cloudformation.responses import CloudFormationResponse

__name__ = "moto.cloudformation.local_change_sets"  # moto takes the name of the service from it


class ChangeSetNotFound(CloudFormationError):
    code = "ChangeSetNotFound"


def install():
    for operation in ("describe_change_set", "delete_change_set", "execute_change_set"):
        _of_the_stack(operation)


def _of_the_stack(operation):
    original = getattr(CloudFormationResponse, operation)

    def found(self):
        get, name, stack = self._get_param, self._get_param("ChangeSetName"), self._get_param("StackName")
        change_set = next((key for key, change_set in self.cloudformation_backend.change_sets.items() if name == key or (
            name == change_set.change_set_name and stack in (change_set.stack_name, change_set.stack_id))), None)
        if change_set is None:
            raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")
        self._get_param = lambda key, *default: change_set if key == "ChangeSetName" else get(key, *default)
        return original(self)

    setattr(CloudFormationResponse, operation, found)
