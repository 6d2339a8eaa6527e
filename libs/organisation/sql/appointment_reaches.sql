-- Whether a role held reaches a matter: city-wide, or in the unit asked about or the office it is a department of; a
-- role for one product or domain reaches no other, and none when it is not known what the matter is about.
CREATE OR REPLACE FUNCTION organisation.appointment_reaches(a organisation.appointment, asked uuid, product uuid, domain text)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT coalesce(
  CASE a.scope_kind WHEN 'PRODUCT' THEN a.scope_id = product::text WHEN 'DOMAIN' THEN a.scope_id = domain ELSE true END
  AND (a.scope_kind = 'CITY' OR a.unit_id IN (SELECT organisation.unit_with_ancestors(asked, product))), false)
$$;
