"""Prints those of the IAM actions given that can be narrowed to resources, or that do not exist.

With --without before them it prints those that cannot be narrowed.
"""

import sys

from policy_sentry.querying.actions import get_action_data


def narrowable(action):
    service, name = action.split(":")
    data = get_action_data(service, name)
    if not data:
        return f"{action} does not exist"
    arns = {entry["resource_arn_format"] for entry in data[service]} - {"*"}
    return f"{action} takes {', '.join(sorted(arns))}" if arns else None


def open_to_all(action):
    return None if narrowable(action) else f"{action} takes no resource"


check, actions = (open_to_all, sys.argv[2:]) if sys.argv[1] == "--without" else (narrowable, sys.argv[1:])
for line in filter(None, map(check, actions)):
    print(line)
