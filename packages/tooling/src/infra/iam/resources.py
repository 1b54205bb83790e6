"""Prints those of the IAM actions given that can be narrowed to resources, or that do not exist."""

import sys

from policy_sentry.querying.actions import get_action_data


def narrowable(action):
    service, name = action.split(":")
    data = get_action_data(service, name)
    if not data:
        return f"{action} does not exist"
    arns = {entry["resource_arn_format"] for entry in data[service]} - {"*"}
    return f"{action} takes {', '.join(sorted(arns))}" if arns else None


for line in filter(None, map(narrowable, sys.argv[1:])):
    print(line)
