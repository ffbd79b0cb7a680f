package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.connectors.SourceException;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.tasks.TaskStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Copies equal the source byte for byte, whatever happens while they are read. */
@Order(4)
class SyncCopyTests extends SyncBench {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void keysThatLookAlikeStayDifferentFiles() {
        Map<String, String> files = new LinkedHashMap<>();
        for (String key : List.of(
                "a b", "a+b", "a%2Fb", "a%20b", "a?b#c", "a//b", "./a", "../a", "a/b/", "a ", " a", "\"a\"", "'a'",
                "a&b")) {
            files.put(key, "bytes of " + key);
        }
        files.put("secret-folder/../a", "bytes of a way up");
        files.forEach(this::put);

        run();

        assertHas(files);
        assertThat(objects().stream().flatMap(object -> object.getList("blobs", Document.class).stream()))
                .as("keys of the storage's own, of whose names only the last part is the file's")
                .allSatisfy(blob -> assertThat(blob.getString("storage_key").split("/"))
                        .doesNotContain("..", ".", "", "secret-folder"));
    }

    @Test
    void strangeKeysAreNotMerged() {
        String nfc = Normalizer.normalize("é", Normalizer.Form.NFC);
        String nfd = Normalizer.normalize("é", Normalizer.Form.NFD);
        Map<String, String> files = new LinkedHashMap<>();
        for (String key : List.of(
                nfc,
                nfd,
                "x".repeat(1024),
                "😀/😀.txt",
                "Case",
                "case",
                "with\u0001control",
                "with\u0085one",
                "\u009f",
                "line\u2028end",
                "photo\u202Egpj.exe",
                "back\\slash")) {
            files.put(key, "bytes of " + key);
        }
        assertThat(files).hasSize(12);
        files.forEach(this::put);

        run();

        assertHas(files);
    }

    @Test
    void anUnexpectedFailureOfOneFileDoesNotStopOthers() {
        put("a", "bytes");
        put("odd", "bytes of an odd one");
        script.on(Call.OPEN).of("odd").does(() -> {
            throw new IllegalArgumentException("nobody thought of it");
        });

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(row("odd").state()).isEqualTo(State.QUARANTINED);
        assertThat(row("odd").reason()).isEqualTo("INTERNAL");
        assertHas(Map.of("a", "bytes"));
    }

    @Test
    void aFileOfNoBytesIsAFile() {
        put("empty.txt", "");

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isOne();
        LedgerEntity row = row("empty.txt");
        assertThat(row.settled().sha256()).isEqualTo(EMPTY);
        Document blob = object(row.objectId()).getList("blobs", Document.class).getFirst();
        assertThat(blob.get("size_bytes", Number.class).longValue()).isZero();
        assertThat(blob.getString("sha256")).isEqualTo(EMPTY);
        assertHas(Map.of("empty.txt", ""));
    }

    @Test
    void aStreamThatBreaksOffIsResumedWhereItBroke() {
        byte[] bytes = bytes(500_000);
        put("broken", Draft.of(Content.of(bytes)));
        put("short", Draft.of(Content.of(bytes(400_000))));
        script.on(Call.READ).of("broken").behind(495_000).once().breaksOff();
        script.on(Call.READ).of("short").behind(100_000).once().endsShort();

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.effort().bytesRead()).isEqualTo(900_000);
        assertThat(row("broken").settled().sha256()).isEqualTo(DigestUtils.sha256Hex(bytes));
        assertThat(bytes(object(row("broken").objectId()))).isEqualTo(bytes);
        assertThat(row("broken").settled().integrity()).isEqualTo(new LedgerEntity.Integrity("md5", true));
        assertHas(2);
    }

    @Test
    void aStreamThatBreaksOffAgainAndAgainEndsInQuarantineAndLeavesNoBytes() {
        put("good", "bytes");
        put("bad", Draft.of(Content.of(bytes(300_000))));
        script.on(Call.READ).of("bad").behind(200_000).breaksOff();

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(run.outcomes().quarantined()).isOne();
        LedgerEntity row = row("bad");
        assertThat(row.state()).isEqualTo(State.QUARANTINED);
        assertThat(row.attempts()).isEqualTo(3);
        assertThat(row.detail()).isNotBlank();
        assertHas(1);
        assertTotals(2, 1, 1, 5);
        int opens = script.calls(Call.OPEN);
        assertThat(run().listing().waiting()).isOne();
        assertThat(script.calls(Call.OPEN)).isEqualTo(opens);
        script.behave();
        assertThat(ledger.requeue(sync.key(), List.of("bad"), row.updatedAt())).isOne();
        run();
        assertThat(row("bad").state()).isEqualTo(State.SYNCED);
        assertThat(row("bad").attempts()).isZero();
        assertHas(2);
    }

    @Test
    void bytesThatDifferFromTheSourcesChecksumAreRefused() {
        put("lie", Draft.of("bytes").checksums(new Checksum(Algorithm.SHA256, DigestUtils.sha256Hex("other"))));
        put("true", Draft.of("bytes!").checksums(new Checksum(Algorithm.SHA1, DigestUtils.sha1Hex("bytes!"))));
        put("unknown", Draft.of("bytes?").checksums(new Checksum[0]));

        SyncRunEntity run = run();

        assertThat(run.outcomes().quarantined()).isOne();
        assertThat(row("lie").reason()).isEqualTo("INTEGRITY_MISMATCH");
        assertThat(row("true").settled().integrity()).isEqualTo(new LedgerEntity.Integrity("sha1", true));
        assertThat(row("unknown").settled().integrity()).isEqualTo(new LedgerEntity.Integrity("length", true));
        assertHas(2);
    }

    @Test
    void aFileThatIsOverwrittenBeforeItIsReadArrivesInItsNewVersion() {
        put("a", "the first version");
        script.on(Call.OPEN).of("a").once().does(() -> put("a", "another version, longer"));

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertHas(Map.of("a", "another version, longer"));
        assertThat(run().listing().unchanged()).isOne();
    }

    @Test
    void aFileThatIsOverwrittenWhileItIsReadIsNeverMixed() {
        byte[] first = bytes(300_000);
        byte[] second = bytes(350_000);
        put("a", Draft.of(Content.of(first)));
        // Between two ranges: the stream breaks, and the file has changed when it is reopened.
        script.on(Call.READ).of("a").behind(200_000).once().breaksOff();
        script.on(Call.OPEN).of("a").nth(2).does(() -> put("a", Draft.of(Content.of(second))));

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(bytes(object(row("a").objectId()))).isEqualTo(second);
        assertHas(1);
    }

    @Test
    void aFileThatChangesAllTheTimeIsLeftToTheNextRun() {
        put("a", "0");
        int[] count = {0};
        script.on(Call.OPEN).of("a").does(() -> put("a", "version " + ++count[0]));

        SyncRunEntity run = run();

        assertThat(run.outcomes().failed()).isOne();
        assertThat(row("a").state()).isEqualTo(State.FAILED);
        assertThat(row("a").reason()).isEqualTo("CHANGED_DURING_READ");
        script.behave();
        run();
        assertHas(Map.of("a", "version " + count[0]));
    }

    @Test
    void aFileThatVanishesBetweenListingAndReadingIsNoFailure() {
        put("a", "bytes");
        put("b", "more bytes");
        script.on(Call.OPEN).of("a").once().does(() -> script.remove(source, "a"));

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(row("a").state()).isEqualTo(State.GONE);
        assertThat(row("a").reason()).isEqualTo("VANISHED");
        assertHas(1);
    }

    @Test
    void bytesThatArePackedStayPacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("a text that was packed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        put("log", Draft.of(Content.of(packed.toByteArray())).encoding("gzip").type("text/plain"));

        run();

        Document object = object(row("log").objectId());
        assertThat(bytes(object)).isEqualTo(packed.toByteArray());
        Document from = object.get("metadata", Document.class).get("source", Document.class);
        assertThat(from.getString("content_encoding")).isEqualTo("gzip");
        assertThat(from.getString("path")).isEqualTo(source + "/log");
        assertThat(from.getString("provider")).isEqualTo("scripted");
        assertThat(from.getString("last_modified")).isNotBlank();
    }

    @Test
    void aRefusalOfOneFileIsThatFilesReason() {
        put("a", "bytes");
        for (Diagnosis cause : List.of(
                Diagnosis.ACCESS_DENIED_READ,
                Diagnosis.KMS_DENIED,
                Diagnosis.NOT_DOWNLOADABLE,
                Diagnosis.UNSUPPORTED)) {
            put(cause.name(), "bytes of " + cause);
            script.on(Call.OPEN)
                    .of(cause.name())
                    .fails(() -> new SourceException(cause, "Change the rights of " + cause));
        }
        put("late", "frozen since it was listed");
        script.on(Call.OPEN).of("late").fails(Diagnosis.ARCHIVED);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(run.outcomes().quarantined()).isEqualTo(4);
        assertThat(run.listing().archived()).isOne();
        assertThat(row("KMS_DENIED").reason()).isEqualTo("KMS_DENIED");
        assertThat(row("KMS_DENIED").detail()).isEqualTo("Change the rights of KMS_DENIED");
        assertThat(row("late").reason()).isEqualTo("ARCHIVED");
        assertHas(Map.of("a", "bytes"));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
