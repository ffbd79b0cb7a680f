package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Type detection of real files, equal for uploads, URLs and inline content: the type is what the bytes allow. */
class FileTypeStoryTests extends FileTypeStory {

    private static final byte[] SHIFT_JIS = Bytes.hex("8fa495692c89bf8a690d0a83438384837a83932c31323830300d0a");

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

    /** MP4 as phones write it: the table of tracks follows all media data. */
    @Test
    void aTypeThatIsOnlyKnownAtTheEndOfTheFileIsReadThere() {
        Answer voice = confirmed("sound", "voice.mp4", "video/mp4", MadeMedia.mp4IndexedLast("soun"));
        Answer film = confirmed("sound", "film.mp4", "audio/mp4", MadeMedia.mp4IndexedLast("soun", "vide"));

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

    /** Wherever an error is stored or returned in one line. */
    @Test
    void theReasonStandsInEveryErrorThatHasNoDetails() {
        String reason =
                "Invalid file format: Expected IMAGE, got ELF: the file is an executable, the property takes images";
        Answer named = put(shop, "a.png", "image/png", MadeFiles.elf(), "picture");
        serve("/elf.png", MadeFiles.elf());

        Answer task =
                shop.settled(shop.confirmAll(List.of(named.at("/upload_id"))).at("/task_id"));
        Answer objects = shop.client()
                .post(
                        shop.path("/objects/batch"),
                        Map.of(
                                "objects",
                                List.of(Map.of(
                                        "blobs", List.of(blob("picture", "image", "url", base() + "/elf.png"))))));

        assertThat(task.at("/outputs/0/error")).as(task.text()).isEqualTo(reason);
        assertThat(shop.upload(named.at("/upload_id")).at("/error")).isEqualTo(reason);
        assertThat(objects.at("/failed/0/error")).as(objects.text()).endsWith(reason);
    }

    /** The reported type, or "-" when it is refused, when the bytes are first read. */
    @ParameterizedTest
    @CsvSource({
        "excel, blob, application/zip, xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "excel, x.tmp, application/x-zip-compressed, xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "document, a.zip, application/zip, xlsx, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "excel, a.zip, application/zip, zip, -",
        "text, blob, application/vnd.ms-excel, csv, text/plain",
        "text, prices.csv, application/vnd.ms-excel, csv, text/csv",
        "text, a.xls, application/octet-stream, html, text/html",
        "text, a.doc, application/msword, html, text/html",
        "text, a.ppt, '', words, text/plain",
        "text, a.msg, application/octet-stream, words, text/plain",
        "text, a.xls, application/vnd.ms-excel, octets, -",
        "audio, a.mov, video/quicktime, mov sound, audio/mp4",
        "audio, blob, video/quicktime, mov sound, audio/mp4",
        "video, a.mov, video/quicktime, mov sound, -",
        "video, blob, video/mp4, mp4 sound, -",
        "image, a.png, application/octet-stream, png, image/png",
        "image, blob, null, png, image/png",
        "image, blob, undefined, png, image/png",
        "image, a.png, image/*, png, image/png",
        "image, a.png, image, png, image/png",
        "text, a.csv, csv, csv, text/csv",
        "text, blob, */*, csv, text/plain",
        "text, blob, text, words, text/plain",
        "text, a.csv, text/csv; charset=binary, csv, text/csv",
        "text, a.csv, application/x-www-form-urlencoded, csv, text/csv",
        "text, a.csv, text/plain; charset=foo, csv, text/csv"
    })
    void everyWayOfIngestionDetectsTheSameType(
            String type, String filename, String contentType, String kind, String reported) {
        byte[] bytes = bytesOf(kind);
        Workspace bucket = bucketOf(type);
        String url = "/" + Integer.toHexString((type + filename + contentType + kind).hashCode()) + "/" + filename;
        serve(url, bytes, contentType);
        Map<String, Object> base64 = Map.of(
                "base64", Base64.getEncoder().encodeToString(bytes), "mime_type", contentType, "filename", filename);

        Answer upload =
                bucket.confirm(put(bucket, filename, contentType, bytes, "").at("/upload_id"));
        Answer fetched = create(
                bucket, Map.of("blobs", List.of(blob(type, type, "url", base() + url)), "skip_duplicates", false));
        Answer inline =
                create(bucket, Map.of("blobs", List.of(blob(type, type, "data", base64)), "skip_duplicates", false));

        if (reported.equals("-")) {
            assertThat(List.of(upload, fetched, inline)).allSatisfy(refused -> {
                assertThat(refused.status()).as(refused.text()).isEqualTo(400);
                assertThat(refused.at("/error/details/reason")).contains("the property takes");
            });
        } else {
            assertThat(upload.at("/verification/detected_type"))
                    .as(upload.text())
                    .isEqualTo(reported);
            assertThat(fetched.at("/blobs/0/details/mime_type"))
                    .as(fetched.text())
                    .isEqualTo(reported);
            assertThat(inline.at("/blobs/0/details/mime_type"))
                    .as(inline.text())
                    .isEqualTo(reported);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a.bmp, image/bmp, , a BMP image such as 'a.bmp'",
        "a.bmp, image/bmp, words, takes text, not a BMP image such as 'a.bmp'",
        "a.zip, application/zip, picture, takes images, not a ZIP archive such as 'a.zip'"
    })
    void aRefusalBeforeThePutNamesTheThing(String filename, String contentType, String named, String said) {
        Workspace bucket = named == null ? bucketOf("text audio") : shop;
        Map<String, Object> request = new LinkedHashMap<>(Map.of("filename", filename, "content_type", contentType));
        if (named != null) {
            request.put("blob_property", named);
        }

        Answer refused = bucket.ask(request);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/message")).contains(said).doesNotContain("a file of type");
    }

    @ParameterizedTest
    @CsvSource({"picture", "sound", "sheet", "''"})
    void anUploadAnnouncedAsEmptyIsRefusedBeforeThePut(String named) {
        Workspace bucket = named.isEmpty() ? bucketOf("image audio") : shop;
        Map<String, Object> request =
                new LinkedHashMap<>(Map.of("filename", "blob", "content_type", "", "file_size_bytes", 0));
        if (!named.isEmpty()) {
            request.put("blob_property", named);
        }

        Answer refused = bucket.ask(request);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("file_size_bytes").contains("empty file");
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
    void fetchedAndInlineContentIsVerifiedTheSame() {
        byte[] voice = MadeMedia.mp4IndexedLast("soun");
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
                                Base64.getEncoder().encodeToString(MadeMedia.mp4IndexedLast("soun", "vide"))))));
        assertThat(film.status()).isEqualTo(400);
        assertThat(film.text()).contains("the property takes sound");
    }

    @Test
    void everyWayOfIngestionDetectsTheSameCharset() {
        byte[] polish = Bytes.text("Zażółć gęślą jaźń\n", "windows-1250");
        String base64 = Base64.getEncoder().encodeToString(polish);
        serve("/polish.txt", polish);

        for (Map<String, Object> blob : List.of(
                blob("words", "text", "data", Map.of("base64", base64, "mime_type", "text/plain")),
                blob("words", "text", "data", Map.of("base64", base64)),
                blob("anything", "binary", "data", "data:text/plain;base64," + base64),
                blob("anything", "binary", "data", base64),
                blob("words", "text", "url", base() + "/polish.txt"))) {
            Answer made = create(shop, Map.of("blobs", List.of(blob)));
            assertThat(made.at("/blobs/0/details/charset")).as(made.text()).isEqualTo("windows-1250");
        }
        Answer upload = confirmed("words", "polish.txt", "text/plain", polish);
        assertThat(upload.at("/verification/charset")).isEqualTo("windows-1250");
        assertThat(shop.object(upload.at("/object_id")).at("/blobs/0/details/charset"))
                .isEqualTo("windows-1250");
        Answer written = create(shop, Map.of("blobs", List.of(blob("words", "text", "data", "zażółć"))));
        assertThat(written.at("/blobs/0/details/charset")).isEqualTo("UTF-8");
        Map<String, Object> called =
                Map.of("base64", Base64.getEncoder().encodeToString(SampleFiles.jpeg()), "mime_type", "text/plain");
        Answer picture = create(shop, Map.of("blobs", List.of(blob("words", "text", "data", called))));
        assertThat(picture.status()).as(picture.text()).isEqualTo(400);
    }
}
