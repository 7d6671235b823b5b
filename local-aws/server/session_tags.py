"""The session tags of AssumeRole, which moto ignores.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""
import re

from moto.sts.responses import TokenResponse
from sessions import keep_tags, session_of, tags_of


def requested(parameters):
    """The session tags in the parameters of a request."""
    places = [re.fullmatch(r"Tags\.member\.(\d+)\.Key", name) for name in parameters]
    return {parameters[place[0]][0]: parameters[f"Tags.member.{place[1]}.Value"][0] for place in places if place}


def install():
    assume = TokenResponse.assume_role

    def assumed(self):
        answer, caller = assume(self), session_of(self.access_key)
        keep_tags(answer.result["Credentials"], requested(self.data) | (tags_of(caller) if caller else {}))
        return answer

    TokenResponse.assume_role = assumed
