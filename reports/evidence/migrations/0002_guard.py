"""On PostgreSQL triggers keep everybody from changing the chain of custody, and what an original is."""

from django.db import migrations

GUARD = """
CREATE FUNCTION evidence_custody_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The chain of custody is never changed or deleted.';
END $$;
CREATE TRIGGER custody_stays BEFORE UPDATE OR DELETE ON evidence_custodyentry
    FOR EACH ROW EXECUTE FUNCTION evidence_custody_stays();

CREATE FUNCTION evidence_original_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An original is never changed or deleted.';
END $$;
CREATE TRIGGER original_is_kept BEFORE DELETE ON evidence_original
    FOR EACH ROW EXECUTE FUNCTION evidence_original_stays();
CREATE TRIGGER original_stays BEFORE UPDATE ON evidence_original
    FOR EACH ROW WHEN (
        (OLD.sha256, OLD.size, OLD.media_type) IS DISTINCT FROM (NEW.sha256, NEW.size, NEW.media_type))
    EXECUTE FUNCTION evidence_original_stays();

CREATE FUNCTION evidence_evidence_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Evidence is never deleted, and stays evidence of the same original.';
END $$;
CREATE TRIGGER evidence_is_kept BEFORE DELETE ON evidence_evidence
    FOR EACH ROW EXECUTE FUNCTION evidence_evidence_stays();
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence_evidence
    FOR EACH ROW WHEN (OLD.original_id IS DISTINCT FROM NEW.original_id)
    EXECUTE FUNCTION evidence_evidence_stays();
"""
NO_GUARD = """
DROP TRIGGER custody_stays ON evidence_custodyentry;
DROP FUNCTION evidence_custody_stays();
DROP TRIGGER original_is_kept ON evidence_original;
DROP TRIGGER original_stays ON evidence_original;
DROP FUNCTION evidence_original_stays();
DROP TRIGGER evidence_is_kept ON evidence_evidence;
DROP TRIGGER evidence_stays ON evidence_evidence;
DROP FUNCTION evidence_evidence_stays();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(GUARD, params=None)


def remove_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(NO_GUARD, params=None)


class Migration(migrations.Migration):
    replaces = [("evidence", "0003_custody_cannot_change")]
    dependencies = [("evidence", "0001_evidence")]

    operations = [migrations.RunPython(guard, remove_guard)]
