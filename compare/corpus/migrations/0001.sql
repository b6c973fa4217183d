-- Raw bytes are named by their SHA-256 and lie in raw/; here is what is known of them.
CREATE TABLE raws (
  hash TEXT PRIMARY KEY,
  size INTEGER NOT NULL
) WITHOUT ROWID;

-- An accession: raw bytes that came in under a name. One file may come under several names.
CREATE TABLE accessions (
  num INTEGER PRIMARY KEY,
  raw TEXT NOT NULL REFERENCES raws,
  name TEXT NOT NULL,
  outlet TEXT NOT NULL,            -- as given with it; '' where none was
  root TEXT NOT NULL,              -- the folder below which sub-folders name outlets; '' where none was
  url TEXT NOT NULL,               -- where it was fetched from; '' where it was not
  settings TEXT NOT NULL,          -- what else the readers were told, as JSON
  fetched TEXT NOT NULL,
  added TEXT NOT NULL,             -- to be shown; nothing is decided by it
  complete INTEGER NOT NULL DEFAULT 0,
  UNIQUE (raw, name, outlet, root, url)
);

-- num grows in the order of adding and tells versions of one address apart.
CREATE TABLE articles (
  num INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  raw TEXT NOT NULL REFERENCES raws,
  place INTEGER NOT NULL,
  outlet TEXT NOT NULL,
  outlet_rule TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  headline_begin INTEGER NOT NULL,
  headline_end INTEGER NOT NULL,
  published TEXT,
  date_rule TEXT NOT NULL,
  author TEXT NOT NULL,
  url TEXT NOT NULL,
  address TEXT NOT NULL,           -- the canonical form of url; '' where it has none
  language TEXT NOT NULL,
  origin TEXT NOT NULL,
  cut TEXT NOT NULL,
  removed TEXT NOT NULL,           -- [[line, rule], ...]
  extractor TEXT NOT NULL,
  text TEXT NOT NULL,              -- SHA-256 of outlet and body; id is its beginning
  added TEXT NOT NULL
);
CREATE INDEX by_day ON articles (published, outlet, id);
CREATE INDEX by_outlet ON articles (outlet, published, id);
CREATE INDEX by_address ON articles (address, outlet) WHERE address <> '';
CREATE INDEX by_origin ON articles (origin);
CREATE INDEX by_raw ON articles (raw);

-- Which article stands at which place of an accession. The key's columns come first, as SQLite's
-- integrity_check (3.40) reports those of tables without rowid as NULL where they do not.
CREATE TABLE holdings (
  accession INTEGER NOT NULL REFERENCES accessions ON DELETE CASCADE,
  article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
  origin TEXT NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (accession, article, origin)
) WITHOUT ROWID;
CREATE INDEX holders ON holdings (article);

-- What a person had taken out of a raw file that other articles still need: it is not taken in again.
CREATE TABLE withdrawn (
  raw TEXT NOT NULL REFERENCES raws ON DELETE CASCADE,
  id TEXT NOT NULL,
  PRIMARY KEY (raw, id)
) WITHOUT ROWID;

-- What was not taken, or taken with a remark; code is the exit code it asks for.
CREATE TABLE problems (
  accession INTEGER NOT NULL REFERENCES accessions ON DELETE CASCADE,
  origin TEXT NOT NULL,
  what TEXT NOT NULL,
  code INTEGER NOT NULL
);
CREATE INDEX remarks ON problems (accession);
CREATE INDEX about ON problems (origin);

-- Of several texts of one outlet at one address the newest whole one is compared, else the newest.
CREATE VIEW current AS SELECT * FROM articles AS a WHERE address = '' OR NOT EXISTS (
  SELECT 1 FROM articles AS b WHERE b.address = a.address AND b.address <> '' AND b.outlet = a.outlet
  AND ((b.cut = '') > (a.cut = '') OR ((b.cut = '') = (a.cut = '') AND b.num > a.num)));

CREATE VIRTUAL TABLE words USING fts5 (
  title, body, content = 'articles', content_rowid = 'num', tokenize = 'porter unicode61 remove_diacritics 2');
CREATE TRIGGER article_added AFTER INSERT ON articles BEGIN
  INSERT INTO words (rowid, title, body) VALUES (new.num, new.title, new.body);
END;
CREATE TRIGGER article_removed AFTER DELETE ON articles BEGIN
  INSERT INTO words (words, rowid, title, body) VALUES ('delete', old.num, old.title, old.body);
END;
CREATE TRIGGER article_changed AFTER UPDATE OF title, body ON articles BEGIN
  INSERT INTO words (words, rowid, title, body) VALUES ('delete', old.num, old.title, old.body);
  INSERT INTO words (rowid, title, body) VALUES (new.num, new.title, new.body);
END;
