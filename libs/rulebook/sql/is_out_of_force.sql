-- Whether a text that is a version of the rulebook is not in force at this moment, by the clock.
CREATE OR REPLACE FUNCTION rulebook.is_out_of_force(asked text) RETURNS boolean LANGUAGE sql AS $$
SELECT EXISTS (SELECT FROM law.version WHERE hash = asked)
   AND NOT EXISTS (SELECT FROM law.version
                    WHERE hash = asked AND state = 'ADOPTED' AND tstzrange(in_force_from, in_force_until) @> clock_timestamp())
$$;
