package dev.waybill.submissions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agents.AgentId;
import dev.waybill.blobs.BlobKeys;
import dev.waybill.blobs.BlobOwner;
import dev.waybill.blobs.BlobOwnerContract;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.projects.ProjectId;
import dev.waybill.quotas.StoredFiles;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class SubmissionBlobsTests extends BlobOwnerContract {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final TestMongo mongo;
    private final SubmissionStore store;

    SubmissionBlobsTests(Databases where) {
        mongo = new TestMongo(where, SubmissionEntity.class);
        store = new SubmissionStore(mongo.template(), mongo.pages());
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void listsNeitherTextsNorPendingFiles() {
        String partition = partition("a");
        insert(partition, id(1), null);
        insert(partition, id(2), waiting(partition));
        row(partition, id(3), key(partition, 3));

        assertThat(owner().page(partition, null, 1)).containsExactly(new BlobOwner.Named(id(3), key(partition, 3)));
    }

    @Test
    void sumsWhatFilesTakeByWhetherTheyWereVerified() {
        String partition = partition("a");
        insert(partition, id(1), null);
        insert(partition, id(2), waiting(partition));
        insert(partition, id(3), waiting(partition));
        row(partition, id(4), key(partition, 4));
        rowWithout(partition("b"), id(5));

        assertThat(store.stored(new OrganizationId(partition))).isEqualTo(new StoredFiles.Sum(5, 10));
        assertThat(store.stored(new OrganizationId(partition("c")))).isEqualTo(StoredFiles.Sum.NONE);
    }

    @Override
    protected BlobOwner owner() {
        return store;
    }

    @Override
    protected String partition(String name) {
        return "org_" + name;
    }

    @Override
    protected String id(int number) {
        return "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e9" + number;
    }

    @Override
    protected void row(String partition, String id, ObjectKey key) {
        insert(partition, id, waiting(partition).verified(key, "etag", "image/png"));
    }

    @Override
    protected void rowWithout(String partition, String id) {
        insert(partition, id, waiting(partition));
    }

    private static MediaFile waiting(String partition) {
        ObjectKey staged = BlobKeys.staged("0VXsK2aQ3nB8xYz1", partition, "a.png");
        return MediaFile.pending(new SubmissionFileRequest("a.png", "image/png", 5L), staged, NOON);
    }

    private void insert(String partition, String id, @Nullable MediaFile file) {
        OrganizationId organization = new OrganizationId(partition);
        store.insert(new SubmissionEntity(
                organization.key(id),
                organization,
                new ProjectId("prj_1"),
                new AgentId("agt_1"),
                new SubmissionId(id),
                SubmissionStatus.SUBMITTED.wire(),
                file == null ? "a text" : null,
                file,
                1,
                NOON,
                null,
                null,
                null,
                null,
                1));
    }
}
