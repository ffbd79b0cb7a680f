package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hashes of content: verification, sealed uploads and deduplication. */
class ContentStoryTests {

    private Workspace workspace;

    @BeforeEach
    void openAWorkspace() {
        workspace = Workspace.create(ServiceUnderTest.shared().client());
    }

    @Race
    void uploadsOfTheSameBytesAtOnceMakeOneObject() throws Exception {
        byte[] photo = SampleFiles.jpeg();
        List<Callable<Answer>> confirms = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Answer upload = workspace.askForJpeg();
            Workspace.put(upload.json(), photo);
            confirms.add(() -> workspace.confirm(upload.at("/upload_id")));
        }
        Set<String> objects = new HashSet<>();
        int firsts = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(confirms)) {
                assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
                objects.add(answer.get().at("/object_id"));
                firsts += answer.get().json().at("/is_duplicate").asBoolean() ? 0 : 1;
            }
        }
        assertThat(objects).hasSize(1);
        assertThat(firsts).isOne();
        assertThat(workspace.objects()).isOne();
    }

    @Test
    void aHashIsProvenAndItsBytesAreKnownFromThenOn() throws Exception {
        byte[] photo = SampleFiles.jpeg();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo));
        Map<String, Object> request = Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "file_hash", hash);
        Answer upload = workspace.ask(request);
        Workspace.put(upload.json(), photo);
        Answer confirmed = workspace.confirm(upload.at("/upload_id"));
        assertThat(confirmed.at("/file_hash")).isEqualTo(hash);
        assertThat(confirmed.json().at("/verification/checksum/match").asBoolean())
                .isTrue();

        Answer second = workspace.ask(request);

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().at("/is_duplicate").asBoolean()).isTrue();
        assertThat(second.json().has("presigned_url")).isFalse();
        assertThat(second.at("/duplicate_of_upload_id")).isEqualTo(upload.at("/upload_id"));
        assertThat(second.at("/existing_object_id")).isEqualTo(confirmed.at("/object_id"));

        String object = workspace.path("/objects/" + confirmed.at("/object_id"));
        assertThat(workspace.client().delete(object).status()).isBetween(200, 204);
        Answer afterwards = workspace.ask(request);
        assertThat(afterwards.json().at("/is_duplicate").asBoolean()).isFalse();
        assertThat(afterwards.json().has("presigned_url")).isTrue();
    }

    /** The one that brought them gave no hash, a duplicate of it did. */
    @Test
    void bytesAreKnownByTheHashThatOnlyADuplicateGave() throws Exception {
        byte[] photo = SampleFiles.jpeg();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo));
        Answer first = workspace.askForJpeg();
        Workspace.put(first.json(), photo);
        workspace.confirm(first.at("/upload_id"));
        Map<String, Object> request = Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "file_hash", hash);
        Answer duplicate = workspace.ask(request);
        Workspace.put(duplicate.json(), photo);
        Answer confirmed = workspace.confirm(duplicate.at("/upload_id"));
        assertThat(confirmed.json().at("/is_duplicate").asBoolean())
                .as(confirmed.text())
                .isTrue();

        Answer third = workspace.ask(request);

        assertThat(third.json().at("/is_duplicate").asBoolean())
                .as(third.text())
                .isTrue();
        assertThat(third.at("/duplicate_of_upload_id")).isEqualTo(first.at("/upload_id"));
    }

    @Test
    void aWrongHashFailsTheUpload() {
        Answer upload = workspace.ask(
                Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "file_hash", "ab".repeat(32)));
        Workspace.put(upload.json(), SampleFiles.jpeg());

        Answer confirmed = workspace.confirm(upload.at("/upload_id"));

        assertThat(confirmed.status()).isEqualTo(400);
        assertThat(confirmed.at("/error/details/code")).isEqualTo("hash_mismatch");
        assertThat(workspace.upload(upload.at("/upload_id")).at("/status")).isEqualTo("FAILED");
    }

    @Test
    void aSealedUploadRefusesOtherBytesAtStorage() throws Exception {
        byte[] photo = SampleFiles.jpeg();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(photo));
        Answer upload = workspace.ask(Map.of(
                "filename",
                "photo.jpg",
                "content_type",
                "image/jpeg",
                "file_hash",
                hash,
                "file_size_bytes",
                photo.length,
                "sealed",
                true));
        byte[] other = photo.clone();
        other[other.length - 1] ^= 1;

        assertThat(Workspace.put(upload.json(), other).statusCode()).isEqualTo(400);
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(200);
        Answer confirmed = workspace.confirm(upload.at("/upload_id"));
        assertThat(confirmed.at("/verification/checksum/source")).isEqualTo("storage");
    }

    @Test
    void theSameBytesAreStoredOnce() {
        byte[] photo = SampleFiles.jpeg();
        Answer first = workspace.askForJpeg();
        Workspace.put(first.json(), photo);
        String object = workspace.confirm(first.at("/upload_id")).at("/object_id");
        Answer second = workspace.askForJpeg();
        Workspace.put(second.json(), photo);

        Answer confirmed = workspace.confirm(second.at("/upload_id"));

        assertThat(confirmed.at("/status")).isEqualTo("COMPLETED");
        assertThat(confirmed.at("/object_id")).isEqualTo(object);
        assertThat(confirmed.at("/message")).contains("Duplicate");
        assertThat(workspace.objects()).isOne();
        Answer kept =
                workspace.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg", "skip_duplicates", false));
        Workspace.put(kept.json(), photo);
        assertThat(workspace.confirm(kept.at("/upload_id")).at("/object_id")).isNotEqualTo(object);
    }
}
