"""Where in S3 a stack's template is: moto takes 127.0.0.1 in its URL for the name of a bucket."""
from moto.cloudformation import models, responses, utils


def install():
    get = utils.get_stack_from_s3_url

    def found(template_url, **account):
        return get(template_url.replace("//127.0.0.1:", "//localhost:", 1), **account)

    models.get_stack_from_s3_url = responses.get_stack_from_s3_url = found
