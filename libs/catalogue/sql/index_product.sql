-- What a product is found by: title, words, summary, description, in this order of weight.
CREATE OR REPLACE FUNCTION catalogue.index_product() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE words text := array_to_string(NEW.keywords || NEW.themes, ' ');
BEGIN
  NEW.search := setweight(to_tsvector('german', NEW.title), 'A') || setweight(to_tsvector('german', words), 'B')
    || setweight(to_tsvector('german', NEW.summary), 'C') || setweight(to_tsvector('german', NEW.description), 'D')
    || setweight(to_tsvector('simple', lower(NEW.title || ' ' || words)), 'D')
    || setweight(to_tsvector('simple', catalogue.tails(NEW.title || ' ' || words)), 'D');
  RETURN NEW;
END
$$;

CREATE OR REPLACE TRIGGER index_product BEFORE INSERT OR UPDATE OF title, summary, description, keywords, themes ON catalogue.product
  FOR EACH ROW EXECUTE FUNCTION catalogue.index_product();
