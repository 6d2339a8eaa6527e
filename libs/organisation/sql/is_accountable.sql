-- Whether a role answers for the products of any kind of unit.
CREATE OR REPLACE FUNCTION organisation.is_accountable(asked text) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM organisation.accountability WHERE role = asked)
$$;
