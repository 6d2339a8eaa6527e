#!/bin/sh
# Runs once when the PostgreSQL container makes its cluster: the four roles of the product (see README).
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  -v owner="$OWNER_PASSWORD" -v app="$APP_PASSWORD" -v sealer="$SEALER_PASSWORD" <<'SQL'
CREATE ROLE datenraum_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner';
CREATE ROLE datenraum_app LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'app';
CREATE ROLE datenraum_sealer LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'sealer';
CREATE ROLE datenraum_read NOLOGIN NOSUPERUSER NOBYPASSRLS;
GRANT datenraum_read TO datenraum_app;
CREATE DATABASE datenraum OWNER datenraum_owner;
CREATE DATABASE keycloak;
SQL
