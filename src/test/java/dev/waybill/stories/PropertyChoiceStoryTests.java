package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.formats.Bytes;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The property of an uploaded file: the service chooses it, the verified type may change that, and a named one stays.
 */
class PropertyChoiceStoryTests extends FileTypeStory {

    @ParameterizedTest
    @CsvSource({
        "audio video binary, a.webm, video/webm, webm sound, audio",
        "audio video binary, a.mp4, video/mp4, mp4 sound, audio",
        "audio video binary, a, video/mp4, mp4 sound, audio",
        "video binary, a.webm, video/webm, webm sound, binary",
        "image pdf text binary, show.ts, video/mp2t, transport stream, binary",
        "image audio video pdf excel json text document binary, app.ts, video/mp2t, typescript, text",
        "text binary, key.key, application/octet-stream, octets, binary",
        "text binary, key.key, application/pgp-keys, octets, binary",
        "text binary, t.pot, application/vnd.ms-powerpoint, octets, binary",
        "text binary, sig.sig, application/pgp-signature, octets, binary",
        "text binary, sig.sig, '', octets, binary",
        "image text, blob, '', png, image",
        "image text binary, blob, application/octet-stream, png, image",
        "image text binary, Dockerfile, '', words, text",
        "image text binary, blob, '', octets, binary",
        "excel text binary, README, '', words, text",
        "image text, a.zzq, application/x-zzq, words, text"
    })
    void whereTheServiceChoseThePropertyTheBytesMayMoveIt(
            String types, String filename, String contentType, String kind, String property) {
        Workspace bucket = bucketOf(types);
        List<String> ids = List.of(
                put(bucket, filename, contentType, bytesOf(kind), "").at("/upload_id"),
                put(bucket, filename, contentType, bytesOf(kind), "").at("/upload_id"));

        Answer one = bucket.confirm(ids.getFirst());
        Answer again = bucket.confirm(ids.getFirst());
        bucket.settled(bucket.confirmAll(ids).at("/task_id"));

        assertThat(one.at("/status")).as(one.text()).isEqualTo("COMPLETED");
        assertThat(one.at("/blob_property")).isEqualTo(property);
        assertThat(again.text()).isEqualTo(one.text());
        Answer object = bucket.object(one.at("/object_id"));
        assertThat(object.at("/blobs/0/property")).as(object.text()).isEqualTo(property);
        assertThat(object.at("/blobs/0/type")).isEqualTo(property);
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(bucket.upload(id).at("/blob_property")).isEqualTo(property))
                .allSatisfy(id -> assertThat(bucket.upload(id).at("/object_id")).isEqualTo(one.at("/object_id")));
    }

    @ParameterizedTest
    @CsvSource({
        "excel text, blob, application/vnd.ms-excel, csv, excel",
        "excel text, a.xls, application/vnd.ms-excel, json, text",
        "image text, a.xls, application/vnd.ms-excel, html, text",
        "excel binary, blob, application/zip, zip, binary",
        "excel binary, a.csv, '', csv, excel",
        "excel binary, a, application/zip, xlsx, excel",
        "document binary, a.zip, application/x-zip-compressed, xlsx, document",
        "excel binary, blob, '', zip, binary",
        "audio video, a.mov, video/quicktime, mov sound, audio",
        "image binary, x, multipart/form-data, png, image",
        "binary text excel, Main.kt, application/octet-stream, words, text",
        "excel binary, notes, '', words, binary",
        "video text binary, go.mod, '', words, text",
        "image text binary, a.hdr, '', octets, binary"
    })
    void whatLeavesOpenWhatItIsGoesWhereItsBytesFit(
            String types, String filename, String contentType, String kind, String property) {
        Workspace bucket = bucketOf(types);
        byte[] bytes = kind.equals("json") ? Bytes.utf8("{\"a\": [1, 2]}") : bytesOf(kind);

        Answer confirmed =
                bucket.confirm(put(bucket, filename, contentType, bytes, "").at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(confirmed.at("/blob_property")).isEqualTo(property);
    }

    @ParameterizedTest
    @CsvSource({
        "audio video binary, a.webm, video/webm, webm sound, video, property takes videos",
        "text binary, key.key, application/octet-stream, octets, text, property takes text",
        "image binary, a.png, image/png, elf, '', property takes images",
        "text binary, notes.txt, text/plain, octets, '', property takes text",
        "image text, a.png, image/png, words, '', property takes images",
        "audio audio video binary, a.webm, video/webm, webm sound, '', 'audio'' and ''second_audio'"
    })
    void whatIsNamedStaysAndWhatIsMiscalledOrUnclearIsRefused(
            String types, String filename, String contentType, String kind, String named, String reason) {
        Workspace bucket = bucketOf(types);
        String id = put(bucket, filename, contentType, bytesOf(kind), named).at("/upload_id");

        Answer refused = bucket.confirm(id);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/details/reason")).contains(reason);
        assertThat(bucket.upload(id).at("/status")).isEqualTo("FAILED");
        assertThat(bucket.upload(id).at("/error")).contains(reason);
        assertThat(bucket.objects()).isZero();
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
}
