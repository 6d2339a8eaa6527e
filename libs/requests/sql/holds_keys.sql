-- Whether a person holds, or is proposed to hold, the keys of the pseudonyms of a product.
CREATE OR REPLACE FUNCTION requests.holds_keys(person uuid, provider uuid, product uuid)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.appointment a
  WHERE a.person_id = person AND a.role = 'TECH_STEWARD' AND a.state IN ('PROPOSED', 'IN_FORCE') AND (a.valid_to IS NULL OR now() < a.valid_to)
    AND organisation.office_of(a.unit_id) = organisation.office_of(organisation.successor_of(provider, product)))
$$;
