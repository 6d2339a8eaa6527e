-- Whether a role held bars from acting in another by delegation; asked when delegating and again at every act.
CREATE OR REPLACE FUNCTION organisation.bars_delegate(held text, delegated text, same_unit boolean)
RETURNS boolean LANGUAGE sql STABLE AS $$
SELECT held IN ('ADMIN', 'PLATTFORM', 'REVISION', 'STAT') OR EXISTS (
  SELECT FROM law.version_conflict c
   WHERE c.version_id = law.in_force() AND c.role = delegated AND c.other = held AND (c.reach = 'ANYWHERE' OR same_unit))
$$;
