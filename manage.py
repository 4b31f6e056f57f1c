#!/usr/bin/env python
"""Django's command line for Tadmor."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    # A wrong setting or an unreachable database is the operator's to mend: one line, not a traceback.
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Tadmor cannot start: {error}")
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        sys.exit(f"Tadmor cannot use its database: {reason}. Check DATABASE_URL and that the server runs.")


if __name__ == "__main__":
    main()
