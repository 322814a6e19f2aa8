PRAGMA application_id = 1130910825;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE content_exercises (
      content INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
      number INTEGER NOT NULL,
      exercise INTEGER NOT NULL REFERENCES exercises,
      PRIMARY KEY (content, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "content_exercises" VALUES(1,0,1);
INSERT INTO "content_exercises" VALUES(1,1,2);
INSERT INTO "content_exercises" VALUES(2,0,1);
INSERT INTO "content_exercises" VALUES(2,1,2);
CREATE TABLE contents (
      key INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      routine_id TEXT NOT NULL,
      routine_name TEXT NOT NULL,
      text BLOB NOT NULL
    ) STRICT
    ;
INSERT INTO "contents" VALUES(1,X'45587F4D35867AF33E17EB40B385ECE4D768C2EC7EDB6D5EC6A673603485B9B0','evening','Evening',X'789CCB4BCC4D55B05550722D4BCDCBCC4B57E2020031440539');
INSERT INTO "contents" VALUES(2,X'BC01C8D494A81D4C4D01674675651816558415ED1DE3AE0D954B4E28135050EC','morning','Morning',X'789CCB4BCC4D55B05550722D4BCDCBCC4B57E2020031440539');
CREATE TABLE exercises (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      muscles TEXT NOT NULL,
      also TEXT NOT NULL,
      side_noun TEXT NOT NULL,
      UNIQUE (id, name, muscles, also, side_noun)
    ) STRICT
    ;
INSERT INTO "exercises" VALUES(1,'calf-stretch','Calf stretch','["calves"]','["achilles"]','leg');
INSERT INTO "exercises" VALUES(2,'squat','Squat','["glutes", "quadriceps"]','[]','side');
CREATE TABLE parts (
      session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
      number INTEGER NOT NULL,
      kind INTEGER NOT NULL,
      outcome INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL,
      actual_ms INTEGER NOT NULL,
      paused_ms INTEGER NOT NULL,
      exercise INTEGER REFERENCES exercises,
      side INTEGER,
      set_number INTEGER NOT NULL,
      sets INTEGER NOT NULL,
      round_number INTEGER NOT NULL,
      rounds INTEGER NOT NULL,
      reps INTEGER,
      reps_done INTEGER,
      PRIMARY KEY (session, number)
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "parts" VALUES(1,0,0,0,5000,5000,0,1,NULL,1,1,1,1,NULL,NULL);
INSERT INTO "parts" VALUES(1,1,3,0,30000,30000,1500,1,0,1,2,1,3,NULL,NULL);
INSERT INTO "parts" VALUES(1,2,3,1,30000,20000,1500,1,1,1,2,1,3,NULL,NULL);
INSERT INTO "parts" VALUES(1,3,4,0,40000,42000,0,2,NULL,2,3,1,1,10,9);
INSERT INTO "parts" VALUES(2,0,0,0,5000,5000,0,1,NULL,1,1,1,1,NULL,NULL);
INSERT INTO "parts" VALUES(2,1,3,0,30000,30000,1500,1,0,1,2,1,3,NULL,NULL);
INSERT INTO "parts" VALUES(2,2,3,1,30000,20000,1500,1,1,1,2,1,3,NULL,NULL);
INSERT INTO "parts" VALUES(2,3,4,0,40000,42000,0,2,NULL,2,3,1,1,10,9);
INSERT INTO "parts" VALUES(3,0,0,0,5000,5000,0,1,NULL,1,1,1,1,NULL,NULL);
INSERT INTO "parts" VALUES(3,1,3,0,30000,30000,1500,1,0,1,2,1,3,NULL,NULL);
CREATE TABLE removals (
      uid BLOB PRIMARY KEY,
      is_removed INTEGER NOT NULL,
      changed_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "removals" VALUES(X'EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE',1,9);
INSERT INTO "removals" VALUES(X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',0,9);
CREATE TABLE sessions (
      key INTEGER PRIMARY KEY,
      uid BLOB NOT NULL UNIQUE,
      content INTEGER NOT NULL REFERENCES contents,
      started_ms INTEGER NOT NULL,
      offset_min INTEGER NOT NULL,
      day INTEGER NOT NULL,
      ended_ms INTEGER NOT NULL,
      ending INTEGER NOT NULL,
      is_done INTEGER NOT NULL,
      planned_ms INTEGER NOT NULL,
      planned_work_ms INTEGER NOT NULL,
      played_ms INTEGER NOT NULL,
      paused_ms INTEGER NOT NULL,
      work_ms INTEGER NOT NULL,
      feeling INTEGER,
      note TEXT NOT NULL,
      changed_ms INTEGER NOT NULL
    ) STRICT
    ;
INSERT INTO "sessions" VALUES(1,X'00000000000000000000000000000000',1,1795431600000,60,739943,1795431750000,0,1,120000,100000,97000,3000,92000,NULL,'',0);
INSERT INTO "sessions" VALUES(2,X'00000000000000000000000000000001',1,1795345200000,60,739942,1795345350000,0,1,120000,100000,97000,3000,92000,1,'It''s fine; größer.',5);
INSERT INTO "sessions" VALUES(3,X'00000000000000000000000000000002',2,1795258800000,60,739941,1795258950000,1,0,120000,100000,35000,1500,30000,NULL,'',0);
CREATE INDEX contents_by_routine ON contents (routine_id);
CREATE INDEX sessions_by_start ON sessions (started_ms, content);
CREATE INDEX sessions_by_day ON sessions (day, content, is_done, played_ms, work_ms);
CREATE INDEX parts_held ON parts (exercise, session, number, planned_ms, actual_ms, outcome, kind)
    WHERE kind = 3
    ;
COMMIT;
