#!/bin/sh
# Gives the orchestrator its settings, then runs the service named by the arguments.
set -eu
mkdir -p "$DAGSTER_HOME"
cp /opt/gongkai/dagster.yaml "$DAGSTER_HOME/dagster.yaml"
exec "$@"
