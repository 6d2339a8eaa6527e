-- Whether a role answers for the products of any kind of unit, by the law in force.
CREATE OR REPLACE FUNCTION organisation.is_accountable(asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM law.version_accountability WHERE version_id = law.in_force() AND role = asked)
$$;
