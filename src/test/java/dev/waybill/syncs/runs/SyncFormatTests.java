package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.ScriptedFiles.Content;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A synced file is detected as the same format as through any other API. */
class SyncFormatTests extends SyncBench {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @Test
    void anIndexAtTheEndOfAFileIsDetected() {
        byte[] sound = withIndexAtEnd("soun");
        byte[] film = withIndexAtEnd("vide", "soun");
        byte[] sheet = MadeFiles.zip(noise(200_000), "media/picture", "xl/workbook.xml", "[Content_Types].xml");
        fills(Map.of("sound", "audio", "film", "video", "sheet", "excel", "any", "binary"));
        put("recording", Draft.of(Content.of(sound)));
        put("show.mp4", Draft.of(Content.of(film)).type("video/mp4"));
        put("blob", Draft.of(Content.of(sheet)));

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertIs("recording", "sound", "audio/mp4");
        assertIs("show.mp4", "film", "video/mp4");
        assertIs("blob", "sheet", XLSX);
        assertThat(bytes(object(row("recording").objectId()))).isEqualTo(sound);
        assertThat(bytes(object(row("blob").objectId()))).isEqualTo(sheet);
        assertThat(run.effort().readRequests())
                .as("one request for each, and one for the end of each")
                .isBetween(6L, 9L);
        assertHas(3);
    }

    @Test
    void usualFilesTakeNoMoreThanOneRequestEach() {
        fills(Map.of("any", "binary"));
        put("a.jpg", Draft.of(Content.of(padded(MadeFiles.jpeg()))));
        put("a.png", Draft.of(Content.of(padded(MadeFiles.PNG))));
        put("a.pdf", Draft.of(Content.of(padded(MadeFiles.pdf(0)))));
        put("a.mp4", Draft.of(Content.of(padded(MadeMedia.mp4("isom", "vide", "soun")))));
        put("a.webm", Draft.of(Content.of(padded(MadeMedia.matroska("webm", 1, 2)))));
        put("a.mp3", Draft.of(Content.of(padded(MadeMedia.mp3(true)))));
        put("a.gz", Draft.of(Content.of(padded(MadeFiles.gzip(noise(20_000))))));
        put("a.csv", Draft.of("a,b\n1,2\n".repeat(40_000)));
        put("a.xlsx", Draft.of(Content.of(MadeFiles.zip(noise(4_000), "xl/workbook.xml", "[Content_Types].xml"))));
        int before = script.calls(Call.OPEN);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(script.calls(Call.OPEN) - before).isEqualTo(9);
        assertThat(run.effort().readRequests()).isEqualTo(9);
    }

    @Test
    void anUnreadableEndIsRetriedInsteadOfGuessed() {
        fills(Map.of("sound", "audio"));
        put("recording", Draft.of(Content.of(withIndexAtEnd("soun"))));
        script.on(Call.OPEN).of("recording").nth(2).fails(dev.waybill.connectors.Diagnosis.NETWORK);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertIs("recording", "sound", "audio/mp4");
        assertHas(1);
    }

    @Test
    void propertiesAreMatchedAsAtConfirm() {
        fills(Map.of("picture", "image"));
        put("dot", Draft.of(Content.of(MadeFiles.tga(2, 24))));

        run();

        assertIs("dot", "picture", "image/x-tga");
    }

    @Test
    void aMisfitIsExplainedAndNotCopied() {
        fills(Map.of("picture", "image"));
        put("photos.zip", Draft.of(Content.of(padded(MadeFiles.zip(noise(100_000), "a.jpg", "b.jpg")))));
        put("nothing.png", Draft.of(""));

        run();

        assertThat(row("photos.zip").state()).isEqualTo(State.QUARANTINED);
        assertThat(row("photos.zip").detail())
                .isEqualTo(
                        "'photos.zip' does not fit 'picture': the file is a ZIP archive, the property takes images."
                                + " The bucket's blob properties are: picture (image). Map it to one of them, or filter it out.");
        assertThat(row("nothing.png").reason()).isEqualTo("UNSUPPORTED");
        assertThat(row("nothing.png").detail()).contains("empty").contains("the property takes images");
        assertHas(0);
    }

    @Test
    void whatIsStoredPackedIsWhatIsInsideAndStaysPacked() {
        fills(Map.of("notes", "text", "any", "binary"));
        byte[] packed = MadeFiles.gzip("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        put("export.csv", Draft.of(Content.of(packed)).type("text/csv").encoding("gzip"));
        put("export.csv.gz", Draft.of(Content.of(packed)).type("application/gzip"));
        put("said.csv", Draft.of("c,d\n").type("text/csv").encoding("gzip"));

        run();

        assertIs("export.csv", "notes", "text/csv");
        assertIs("said.csv", "notes", "text/csv");
        assertIs("export.csv.gz", "any", "application/gzip");
        assertThat(encoding("export.csv.gz")).isNull();
        assertThat(encoding("export.csv")).isEqualTo("gzip");
        assertThat(encoding("said.csv"))
                .as("it is said to be packed, and is not")
                .isNull();
        assertThat(bytes(object(row("export.csv").objectId()))).isEqualTo(packed);
    }

    @Test
    void anArchiveThatNobodyCallsPackedIsAFileOfItsOwn() {
        fills(Map.of("notes", "text", "any", "binary"));
        put("export.csv.gz", Draft.of(Content.of(MadeFiles.gzip(noise(100)))).type("application/gzip"));
        put(
                "notes.txt",
                Draft.of(Content.of("\u00e9t\u00e9, d\u00e9j\u00e0 vu".getBytes(Charset.forName("windows-1252")))));

        run();

        assertIs("export.csv.gz", "any", "application/gzip");
        assertIs("notes.txt", "notes", "text/plain");
        assertThat(encoding("export.csv.gz")).isNull();
    }

    /** Creates a workspace whose bucket has these properties, by name and type. */
    private void fills(Map<String, String> properties) {
        Map<String, Object> schema = new java.util.LinkedHashMap<>();
        properties.forEach((name, type) -> schema.put(name, Map.of("type", type)));
        workspace = Workspace.create(SERVICE.client(), schema);
        sync = sync(new With(source));
    }

    private void assertIs(String key, String property, String mediaType) {
        LedgerEntity row = row(key);
        assertThat(row.state()).as(row.toString()).isEqualTo(State.SYNCED);
        Document blob = blob(key);
        assertThat(blob.getString("property")).as(key).isEqualTo(property);
        assertThat(blob.getString("mime_type")).as(key).isEqualTo(mediaType);
    }

    private Document blob(String key) {
        return object(String.valueOf(row(key).objectId()))
                .getList("blobs", Document.class)
                .getFirst();
    }

    private String encoding(String key) {
        ObjectKey stored = new ObjectKey(blob(key).getString("storage_key"));
        return SERVICE.bean(ObjectStorage.class).head(stored).orElseThrow().contentEncoding();
    }

    /** An MP4 whose index is behind the bytes that are read first. */
    private static byte[] withIndexAtEnd(String... handlers) {
        return join(MadeMedia.ftyp("isom"), MadeMedia.box("mdat", noise(300_000)), MadeMedia.moov(handlers));
    }

    private static byte[] padded(byte[] bytes) {
        return join(bytes, new byte[200_000]);
    }

    private static byte[] noise(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
