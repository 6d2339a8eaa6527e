-- The version of the law book that is in force at the moment of the transaction.
CREATE OR REPLACE FUNCTION law.in_force() RETURNS uuid LANGUAGE sql STABLE AS $$
SELECT id FROM law.version WHERE state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> now()
$$;
