package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as people have them, through every door. */
class FileTypeStoryTests extends ObjectStory {

    private static final byte[] SHIFT_JIS = Bytes.hex("8fa495692c89bf8a690d0a83438384837a83932c31323830300d0a");

    private Workspace shop;

    @BeforeAll
    void openAShop() {
        shop = Workspace.create(
                SERVICE.client(),
                Map.of(
                        "picture", Map.of("type", "image"),
                        "sound", Map.of("type", "audio"),
                        "words", Map.of("type", "text"),
                        "data", Map.of("type", "json"),
                        "sheet", Map.of("type", "excel"),
                        "anything", Map.of("type", "binary")));
    }

    private Answer confirmed(String property, String filename, String contentType, byte[] bytes) {
        Answer upload = shop.ask(Map.of(
                "filename",
                filename,
                "content_type",
                contentType,
                "blob_property",
                property,
                "file_size_bytes",
                bytes.length));
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        Workspace.put(upload.json(), bytes);
        return shop.confirm(upload.at("/upload_id"), Map.of("file_size_bytes", bytes.length));
    }

    @Test
    void anUploadIsWhatItsBytesAllowAndItsSenderSays() {
        Answer table = confirmed("words", "export.csv", "application/vnd.ms-excel", SHIFT_JIS);
        assertThat(table.at("/verification/charset")).isEqualTo("Shift_JIS");
        assertThat(table.at("/verification/detected_type")).isEqualTo("text/csv");
        Answer words = confirmed("words", "notes.txt", "text/plain", Bytes.utf8("P1 incidents of the week\n"));
        assertThat(words.at("/status")).as(words.text()).isEqualTo("COMPLETED");
        Answer voice = confirmed("sound", "recording.webm", "audio/webm;codecs=opus", MadeMedia.matroska("webm", 2));
        assertThat(voice.at("/verification/detected_type")).isEqualTo("audio/webm");
        Answer lines = confirmed("data", "a.jsonl", "", Bytes.utf8("{\"a\":1}\n{\"a\":2}\n"));
        assertThat(lines.at("/verification/detected_type")).isEqualTo("application/x-ndjson");
        Answer sheet = confirmed("sheet", "blob", "application/octet-stream", MadeFiles.xlsx());
        assertThat(sheet.at("/verification/detected_type")).contains("spreadsheetml");
    }

    /** As phones write them: what tracks there are is told behind all bytes of sound and pictures. */
    @Test
    void anUploadThatIsToldLastIsLookedAtThere() {
        Answer voice = confirmed("sound", "voice.mp4", "video/mp4", MadeMedia.mp4ToldLast("soun"));
        Answer film = confirmed("sound", "film.mp4", "audio/mp4", MadeMedia.mp4ToldLast("soun", "vide"));

        assertThat(voice.at("/verification/detected_type")).as(voice.text()).isEqualTo("audio/mp4");
        assertThat(film.status()).as(film.text()).isEqualTo(400);
        assertThat(film.at("/error/details/reason")).contains("the property takes sound");
    }

    @Test
    void whatMayBeTextIsJudgedByItsBytesAndAClearContradictionBeforeThem() {
        Answer drawing = confirmed("words", "part.stl", "model/stl", Bytes.utf8("solid part\nendsolid part\n"));
        Answer untrue = confirmed("words", "part.stl", "model/stl", MadeFiles.elf());
        Answer sheet = confirmed(
                "sheet", "old.xls", "application/vnd.ms-excel", Bytes.utf8("<html><body><table><tr><td>1</table>"));
        Answer refused = shop.ask(Map.of("filename", "a.png", "content_type", "image/png", "blob_property", "words"));

        assertThat(drawing.at("/status")).as(drawing.text()).isEqualTo("COMPLETED");
        assertThat(untrue.at("/error/details/reason")).isEqualTo("the file is an executable, the property takes text");
        assertThat(sheet.at("/verification/detected_type")).as(sheet.text()).isEqualTo("application/vnd.ms-excel");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void aRefusalSaysWhyInWords() {
        Answer refused = confirmed("picture", "a.png", "image/png", MadeFiles.elf());

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/error/message")).isEqualTo("Invalid file format: Expected IMAGE, got ELF");
        assertThat(refused.at("/error/details/reason"))
                .isEqualTo("the file is an executable, the property takes images");
    }

    @ParameterizedTest
    @CsvSource({
        "a.png, image/png, picture",
        "a.csv, application/csv, sheet",
        "a.txt, text/plain, words",
        "a.jsonl, application/x-jsonlines, data",
        "a.bin, application/octet-stream, anything"
    })
    void theSpecificPropertyWins(String filename, String contentType, String property) {
        Answer upload = shop.ask(Map.of("filename", filename, "content_type", contentType));

        assertThat(upload.at("/blob_property")).as(upload.text()).isEqualTo(property);
    }

    @Test
    void anEmptyTypeIsOctetsAndSignedAsThat() {
        Answer upload = shop.ask(Map.of("filename", "a.dat", "content_type", "", "blob_property", "anything"));

        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        assertThat(upload.at("/required_headers/Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void emptyFilesAreTakenOrRefusedWhenTheyAreAnnounced() {
        byte[] nothing = {};
        Answer text = confirmed("words", "empty.csv", "text/csv", nothing);
        Answer binary = confirmed("anything", "empty.bin", "application/octet-stream", nothing);
        Answer picture = shop.ask(Map.of(
                "filename", "a.png", "content_type", "image/png", "file_size_bytes", 0, "blob_property", "picture"));

        Answer misnamed = confirmed("words", "a.png", "image/png", nothing);

        assertThat(misnamed.at("/status")).as(misnamed.text()).isEqualTo("COMPLETED");
        assertThat(text.at("/status")).as(text.text()).isEqualTo("COMPLETED");
        assertThat(binary.at("/status")).as(binary.text()).isEqualTo("COMPLETED");
        assertThat(picture.status()).isEqualTo(422);
        assertThat(picture.text()).contains("file_size_bytes").contains("takes images");
    }

    @Test
    void packedBytesStayPackedAndAreWhatIsInThem() throws Exception {
        byte[] packed = MadeFiles.gzip(Bytes.utf8("{\"a\": 1}"));
        Answer upload =
                shop.ask(Map.of("filename", "a.json", "content_type", "application/json", "blob_property", "data"));
        HttpRequest put = HttpRequest.newBuilder(URI.create(upload.at("/presigned_url")))
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(packed))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }

        Answer confirmed = shop.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(confirmed.at("/verification/detected_type")).isEqualTo("application/json");
        assertThat(confirmed.at("/verification/content_encoding")).isEqualTo("gzip");
        Answer object =
                shop.client().get(shop.path("/objects/" + confirmed.at("/object_id") + "?return_presigned_urls=true"));
        HttpResponse<byte[]> read = Workspace.get(object.at("/blobs/0/presigned_url"));
        assertThat(read.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(read.body()).isEqualTo(packed);
    }

    @Test
    void whatIsFetchedAndWhatIsInlineIsJudgedTheSame() {
        byte[] voice = MadeMedia.mp4ToldLast("soun");
        String uri = "data:video/mp4;base64," + Base64.getEncoder().encodeToString(voice);
        serve("/voice", voice);
        serve("/export", SHIFT_JIS);

        for (Map<String, Object> blob : List.of(
                blob("sound", "audio", "data", uri),
                blob("sound", "audio", "data", Base64.getEncoder().encodeToString(voice)),
                blob("sound", "audio", "url", base() + "/voice"))) {
            Answer made = create(shop, Map.of("blobs", List.of(blob)));
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertThat(made.text()).contains("audio/mp4");
        }
        Answer table =
                create(shop, Map.of("blobs", List.of(blob("sheet", "excel", "url", base() + "/export?format=csv"))));
        assertThat(table.status()).as(table.text()).isEqualTo(200);
        Answer film = create(
                shop,
                Map.of(
                        "blobs",
                        List.of(blob(
                                "sound",
                                "audio",
                                "data",
                                Base64.getEncoder().encodeToString(MadeMedia.mp4ToldLast("soun", "vide"))))));
        assertThat(film.status()).isEqualTo(400);
        assertThat(film.text()).contains("the property takes sound");
    }
}
