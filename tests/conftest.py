"""The ground every test stands on: settings, a folder of its own, and a throw-away PostgreSQL.

``DATABASE_URL`` in the environment is respected; otherwise one cluster serves the whole run, xdist workers
included, because they inherit the address from the process that started it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django

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
