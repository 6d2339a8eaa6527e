-- The votes on a version, one for each office of now: of offices that became one a no counts before an abstention
-- before a yes.
CREATE OR REPLACE FUNCTION rulebook.votes_per_office(version uuid)
RETURNS TABLE(office uuid, vote text) LANGUAGE sql STABLE AS $$
SELECT organisation.office_of(unit_id),
       CASE WHEN bool_or(vote = 'NO') THEN 'NO' WHEN bool_or(vote = 'ABSTAIN') THEN 'ABSTAIN' ELSE 'YES' END
  FROM rulebook.vote WHERE version_id = version GROUP BY 1
$$;

GRANT EXECUTE ON FUNCTION rulebook.votes_per_office TO datenraum_app, datenraum_read;
