package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fresh presigned URLs, for uploads whose URL has expired or whose PUT was refused. Storage uses the true time. */
class FreshUrlStoryTests {

    private static final MovedTime TIME = MovedTime.create();
    private static final Map<String, Object> PHOTO = Map.of("filename", "photo.jpg", "content_type", "image/jpeg");

    private static ServiceUnderTest service;
    private Workspace workspace;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared(TIME.settings());
    }

    @BeforeEach
    void openAWorkspace() {
        workspace = Workspace.create(service.client());
    }

    @AfterEach
    void backToNow() {
        TIME.ahead(Duration.ZERO);
    }

    @Test
    void anExpiredUrlIsReportedAndAFreshOneAcceptsTheFile() {
        Answer upload = requested(Duration.ofMinutes(90));
        String id = upload.at("/upload_id");
        assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                .isEqualTo(403);

        Answer missing = workspace.confirm(id);

        assertThat(missing.status()).as(missing.text()).isEqualTo(404);
        assertThat(missing.at("/error/details/code")).isEqualTo("not_in_storage");
        assertThat(missing.json().at("/error/details/url_expired").asBoolean()).isTrue();
        assertThat(missing.at("/error/details/url_expired_at")).isEqualTo(upload.at("/expires_at"));
        assertThat(missing.at("/error/message")).contains("expired at " + upload.at("/expires_at"));
        assertThat(missing.text()).doesNotContain("X-Amz-");
        Answer fresh = workspace.client().post(missing.at("/error/details/fresh_url"));
        assertThat(fresh.status()).as(fresh.text()).isEqualTo(200);
        assertThat(fresh.at("/s3_key")).isEqualTo(upload.at("/s3_key"));
        assertThat(fresh.json().at("/required_headers")).isEqualTo(upload.json().at("/required_headers"));
        assertThat(fresh.json().at("/presigned_url_expiration").asInt()).isEqualTo(3600);
        assertThat(Instant.parse(fresh.at("/expires_at"))).isAfter(Instant.now().plusSeconds(3500));
        assertThat(Workspace.put(fresh.json(), SampleFiles.jpeg()).statusCode()).isEqualTo(200);
        assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED");
    }

    @Test
    void aPutThatStorageRefusedIsExplained() {
        Answer upload = workspace.ask(PHOTO);
        String id = upload.at("/upload_id");
        assertThat(Workspace.put(upload.at("/presigned_url"), Map.of("Content-Type", "image/png"), SampleFiles.jpeg())
                        .statusCode())
                .isEqualTo(403);

        Answer missing = workspace.confirm(id);
        Answer all = workspace.settled(workspace.confirmAll(List.of(id)).at("/task_id"));
        Answer one = workspace.settled(workspace
                .client()
                .post(workspace.path("/uploads/" + id + "/confirm?async=true"))
                .at("/task_id"));

        assertThat(missing.json().at("/error/details/url_expired").asBoolean(true))
                .isFalse();
        assertThat(missing.at("/error/details/expires_at")).isEqualTo(upload.at("/expires_at"));
        assertThat(missing.json().at("/error/details/required_headers"))
                .isEqualTo(upload.json().at("/required_headers"));
        assertThat(missing.at("/error/message"))
                .contains("403 means", "412 that", "400 that")
                .contains("POST " + workspace.path("/uploads/" + id + "/url"));
        assertThat(all.at("/outputs/0/error")).isEqualTo(missing.at("/error/message"));
        assertThat(all.json().at("/outputs/0/error_details/required_headers"))
                .isEqualTo(upload.json().at("/required_headers"));
        assertThat(one.at("/error")).isEqualTo(missing.at("/error/message"));
        assertThat(one.at("/additional_data/error_details/expires_at")).isEqualTo(upload.at("/expires_at"));
    }

    @Test
    void aFreshUrlIsValidForTheRequestedTimeAndNeverEndsEarlier() {
        String id = workspace.ask(PHOTO).at("/upload_id");

        Answer longer = fresh(id, Map.of("presigned_url_expiration", 7200));
        Answer shorter = fresh(id, Map.of("presigned_url_expiration", 60));
        Answer asBefore = fresh(id, Map.of());

        assertThat(longer.at("/presigned_url")).contains("X-Amz-Expires=7200");
        assertThat(longer.json().at("/presigned_url_expiration").asInt()).isEqualTo(7200);
        assertThat(shorter.at("/expires_at")).isEqualTo(longer.at("/expires_at"));
        assertThat(asBefore.json().at("/presigned_url_expiration").asInt()).isEqualTo(7200);
        assertThat(workspace.upload(id).at("/expires_at")).isEqualTo(asBefore.at("/expires_at"));
        for (int seconds : List.of(59, 86_401)) {
            Answer refused = fresh(id, Map.of("presigned_url_expiration", seconds));
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.text()).contains("presigned_url_expiration");
        }
    }

    @Test
    void onlyPendingUploadsAreGivenOne() {
        String done = workspace.putJpeg();
        workspace.confirm(done);
        String canceled = workspace.putJpeg();
        workspace.client().delete(workspace.path("/uploads/" + canceled));

        Answer ofDone = fresh(done, Map.of());
        assertThat(ofDone.status()).as(ofDone.text()).isEqualTo(409);
        assertThat(ofDone.at("/error/details/code")).isEqualTo("upload_not_pending");
        assertThat(ofDone.at("/error/details/status")).isEqualTo("COMPLETED");
        assertThat(fresh(canceled, Map.of()).at("/error/details/status")).isEqualTo("CANCELED");
        assertThat(fresh("upl_nosuchupload0000", Map.of()).status()).isEqualTo(404);
        Workspace other = Workspace.create(service.client());
        assertThat(other.client().post(other.path("/uploads/" + done + "/url")).status())
                .isEqualTo(404);
    }

    @Test
    void inTheLastMinutesOfTheGraceThereIsNone() {
        String id = requested(Duration.ofMinutes(117)).at("/upload_id");

        Answer missing = workspace.confirm(id);
        Answer refused = fresh(id, Map.of());

        assertThat(missing.at("/error/message")).contains("Create a new upload");
        assertThat(missing.json().at("/error/details").has("fresh_url")).isFalse();
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/details/code")).isEqualTo("upload_expired");
        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");
    }

    @Test
    void anUploadLivesForSevenDays() {
        Duration life = Duration.ofDays(7);
        Duration grace = Duration.ofHours(1);
        Answer upload = requested(life);
        String id = upload.at("/upload_id");
        Instant createdAt = Instant.parse(upload.at("/created_at"));
        for (int day = 0; day < 7; day++) {
            TIME.ahead(Duration.ofHours(day * 24 + 1).minus(life));
            Answer renewed = fresh(id, Map.of("presigned_url_expiration", 86_400));
            assertThat(renewed.status()).as(renewed.text()).isEqualTo(200);
        }

        TIME.ahead(Duration.ofSeconds(-30).minus(grace));

        assertThat(workspace.upload(id).at("/expires_at"))
                .isEqualTo(createdAt.plus(life).minus(grace).toString());
        Answer refused = fresh(id, Map.of());
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/message")).contains("7 days", "Create a new upload");
    }

    /** An upload of a photo that was requested so long ago, with a URL for an hour. */
    private Answer requested(Duration ago) {
        TIME.ahead(ago.negated());
        Answer upload = workspace.ask(PHOTO);
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);
        if (ago.compareTo(Duration.ofDays(1)) < 0) {
            TIME.ahead(Duration.ZERO);
        }
        return upload;
    }

    private Answer fresh(String id, Map<String, ?> body) {
        return workspace.client().post(workspace.path("/uploads/" + id + "/url"), body);
    }
}
