"""The ground every test stands on: settings, a folder of its own, and a throw-away PostgreSQL.

``DATABASE_URL`` in the environment is respected; otherwise one cluster serves the whole run, xdist workers
included, because they inherit the address from the process that started it. Of the workers the first that
needs a database migrates one, and all of them work on copies of it.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "qiao.config.settings"

if "QIAO_VAR" not in os.environ:
    os.environ["QIAO_VAR"] = tempfile.mkdtemp(prefix="qiao-tests-")
    atexit.register(shutil.rmtree, os.environ["QIAO_VAR"], ignore_errors=True)

if "DATABASE_URL" not in os.environ:
    from qiao.config.cluster import Cluster

    cluster = Cluster(Path(os.environ["QIAO_VAR"]) / "postgres", throwaway=True)
    os.environ["DATABASE_URL"] = cluster.start()
    atexit.register(cluster.stop)

django.setup()


def pytest_collection_modifyitems(items):
    """What takes long begins first, so that no worker waits at the end for another's last test."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request, django_db_modify_db_settings_parallel_suffix, django_db_blocker, django_db_createdb
):
    """A worker's database is made from the template; where one is kept (--reuse-db), it is used as it is."""
    if run := getattr(request.config, "workerinput", {}).get("testrunuid"):
        from django.db import connection

        template = f"test_{connection.settings_dict['NAME']}_migrated"
        with (
            (Path(os.environ["QIAO_VAR"]) / f"migrated-{run}").open("a") as done,
            django_db_blocker.unblock(),
        ):
            fcntl.flock(done, fcntl.LOCK_EX)
            if not done.seek(0, os.SEEK_END):
                migrate_template(connection, template, keep=not django_db_createdb)
                done.write(template)
        connection.settings_dict["TEST"]["TEMPLATE"] = template


def migrate_template(connection, template, keep):
    """Once in a run. A template that is kept is brought up to date."""
    given = connection.settings_dict
    name, own = given["NAME"], given["TEST"]["NAME"]
    given["TEST"]["NAME"] = template
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False, keepdb=keep)
    connection.close()
    given["NAME"], given["TEST"]["NAME"] = name, own
