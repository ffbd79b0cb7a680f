package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.blobs.Orphans;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service crashes or stalls while it promotes bytes from staging to their final key. Orphaned copies are removed a
 * day later, staged bytes a week after that, and each object has its one file.
 */
@ResourceLock(CrashStory.PLAIN)
@Order(2)
class BlobCrashTests extends CrashStory {

    BlobCrashTests() {
        super(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blobs.copied",
                "confirm.verified",
                "object.row-inserted",
                "confirm.object-written",
                "confirm.told",
                "confirm.completed"
            })
    void aConfirmThatDiedLeavesOneFileInTheEnd(String step) {
        try (CrashableService doomed = dyingAt(step)) {
            Workspace workspace = Workspace.create(doomed.client());
            byte[] photo = SampleFiles.jpeg();
            Answer upload = workspace.askForJpeg();
            assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(200);
            assertDies(doomed, () -> workspace.confirm(upload.at("/upload_id")));
            assertThat(files(workspace)).as("the copy is there").hasSize(1);

            Workspace again = workspace.through(survivor().client());
            Answer confirmed = again.confirm(upload.at("/upload_id"));
            assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
            assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                    .isEqualTo(200);

            assertOneFileInTheEnd(again, again.upload(upload.at("/upload_id")), photo);
        }
    }

    /** Its row was never written, so nothing names its copy, however often the upload is confirmed. */
    @Test
    void repeatedCrashesLeaveNoOrphanedCopies() {
        Workspace workspace = Workspace.create(survivor().client());
        byte[] photo = SampleFiles.jpeg();
        Answer upload = workspace.askForJpeg();
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(200);
        for (int i = 0; i < 3; i++) {
            try (CrashableService doomed = dyingAt("blobs.copied")) {
                Workspace dying = workspace.through(doomed.client());
                assertDies(doomed, () -> dying.confirm(upload.at("/upload_id")));
            }
        }
        assertThat(files(workspace)).hasSize(3);

        assertThat(workspace.confirm(upload.at("/upload_id")).at("/status")).isEqualTo("COMPLETED");

        assertOneFileInTheEnd(workspace, workspace.upload(upload.at("/upload_id")), photo);
    }

    @Test
    void aCopyMadeAfterAnotherConfirmWonIsRemovedAndChangesNothing() {
        Workspace workspace = Workspace.create(survivor().client());
        byte[] photo = SampleFiles.jpeg();
        Answer upload = workspace.askForJpeg();
        String id = upload.at("/upload_id");
        assertThat(Workspace.put(upload.json(), photo).statusCode()).isEqualTo(200);
        try (CrashableService slow = slowAt("blobs.copied", () -> {
            assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED");
            assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                    .isEqualTo(200);
        })) {
            Answer late = workspace.through(slow.client()).confirm(id);

            assertThat(late.at("/status")).as(late.text()).isEqualTo("COMPLETED");
            assertThat(late.at("/object_id")).isEqualTo(workspace.confirm(id).at("/object_id"));
            assertOneFileInTheEnd(workspace, workspace.upload(id), photo);
        }
    }

    /** The bytes are verified and copied to their final key, and then nobody confirms again. */
    @Test
    void ofAnUploadThatIsNeverConfirmedNothingIsLeft() {
        try (CrashableService doomed = dyingAt("blobs.copied")) {
            Workspace workspace = Workspace.create(doomed.client());
            String id = workspace.putJpeg();
            assertDies(doomed, () -> workspace.confirm(id));
            Workspace again = workspace.through(survivor().client());
            assertThat(again.client().delete(again.path("/uploads/" + id)).status())
                    .isEqualTo(204);

            removeOrphans();
            Orphans.expireStaged(survivor());

            assertThat(files(again)).isEmpty();
            assertThat(staged(again.namespace())).isEmpty();
            assertThat(again.objects()).isZero();
        }
    }

    @Test
    void aBatchConfirmThatDiedBetweenCopiesLeavesAFileForEach() {
        try (CrashableService doomed = dyingAt("blobs.copied")) {
            Workspace workspace = Workspace.create(doomed.client());
            List<String> uploads = workspace.putJpegs(10);
            assertDiesOf(doomed, () -> workspace.confirmAll(uploads));

            anotherGoesOn();
            Workspace again = workspace.through(survivor().client());
            Answer tasks = again.client().post("/v1/tasks/list");
            Answer settled = again.settled(tasks.at("/results/0/task_id"));
            assertThat(settled.at("/status")).as(settled.text()).isEqualTo("COMPLETED");
            assertNothingLostOrLeft(again, 10);
            Orphans.expireStaged(survivor());
            assertThat(staged(again.namespace())).isEmpty();
        }
    }

    @Test
    void anObjectThatCopiesAnUploadsFileLeavesOneCopyOfIt() {
        Workspace workspace = Workspace.create(survivor().client());
        String upload = workspace.putJpeg();
        assertThat(workspace.confirm(upload).at("/status")).isEqualTo("COMPLETED");
        Map<String, Object> taking =
                Map.of("blobs", List.of(Map.of("property", "hero_image", "type", "image", "upload_id", upload)));
        try (CrashableService doomed = dyingAt("blobs.copied")) {
            Workspace dying = workspace.through(doomed.client());
            assertDies(doomed, () -> dying.client().post(dying.path("/objects"), taking));

            Answer made = workspace.client().post(workspace.path("/objects"), taking);
            assertThat(made.status()).as(made.text()).isEqualTo(200);
            assertNothingLostOrLeft(workspace, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"blobs.copied", "submissions.verified", "submissions.media-completed"})
    void anAgentsConfirmThatDiedLeavesOneFileInTheEnd(String step) {
        removeOrphans();
        int before = submitted();
        try (CrashableService doomed = dyingAt(step)) {
            Studio studio = Studio.open(doomed.client(), WaybillClient.of(doomed.base()));
            byte[] png = SampleFiles.png();
            String id = studio.begin();
            Answer announced = studio.announcePng(id, png);
            assertThat(Studio.put(announced, png).statusCode()).isEqualTo(200);
            assertDies(doomed, () -> studio.confirm(id));

            Studio again = studio.through(survivor().base(), ServiceUnderTest.API_KEY);
            Answer confirmed = again.confirm(id);
            assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
            byte[] other = png.clone();
            other[other.length - 1] ^= 1;
            assertThat(Studio.put(announced, other).statusCode()).isEqualTo(200);

            removeOrphans();
            Orphans.expireStaged(survivor());
            assertThat(submitted()).isEqualTo(before + 1);
            assertThat(Workspace.get(again.asSeenByTheOrganization(id).at("/download_url"))
                            .body())
                    .isEqualTo(png);
            assertThat(staged("org_")).isEmpty();
        }
    }

    private void assertOneFileInTheEnd(Workspace workspace, Answer upload, byte[] bytes) {
        removeOrphans();
        assertThat(files(workspace)).extracting(file -> file.key().value()).containsExactly(upload.at("/s3_key"));
        Orphans.expireStaged(survivor());
        assertThat(staged(workspace.namespace())).isEmpty();
        Answer object = workspace
                .client()
                .get(workspace.path("/objects/" + upload.at("/object_id") + "?return_presigned_urls=true"));
        assertThat(Workspace.get(object.at("/blobs/0/presigned_url")).body()).isEqualTo(bytes);
        assertThat(workspace.objects()).isOne();
    }

    /** Keys of an owner whose name begins like this. */
    private List<String> staged(String owner) {
        return keys().filter(key -> key.startsWith("staging/") && key.contains("/" + owner))
                .toList();
    }

    private int submitted() {
        return (int) keys().filter(key -> !key.startsWith("staging/") && key.contains("/org_"))
                .count();
    }

    private Stream<String> keys() {
        return survivor().bean(ObjectStorage.class).list("", null, 1000).stream()
                .map(file -> file.key().value());
    }
}
