-- Whether what a version of a product gives is pseudonymised, as a whole or in a field.
CREATE OR REPLACE FUNCTION catalogue.is_pseudonymised(product uuid, version uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT EXISTS (SELECT FROM catalogue.product p WHERE p.id = product AND p.personal_ref = 'PSEUDONYMISED')
    OR EXISTS (SELECT FROM catalogue.field f WHERE f.version_id = version AND f.mask->>'kind' = 'pseudonym')
$$;
