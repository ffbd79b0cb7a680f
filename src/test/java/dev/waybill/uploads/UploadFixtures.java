package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.VerificationEvidence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Test data: uploads. */
final class UploadFixtures {

    static final Scope SCOPE = new Scope(new OrganizationId("org_test"), new NamespaceId("ns_test"));
    static final Scope OTHER_SCOPE = new Scope(new OrganizationId("org_test"), new NamespaceId("ns_other"));
    static final BucketId BUCKET = new BucketId("bkt_test");
    static final Instant NOW = Instant.parse("2026-01-15T10:30:00.123Z");

    private static final IdGenerator IDS = new IdGenerator(InstantSource.fixed(NOW));

    private UploadFixtures() {}

    static UploadEntity pending() {
        return pending(SCOPE, NOW);
    }

    /** A pending upload of an organization with a quota. */
    static UploadEntity reserving(long bytes) {
        return pending(SCOPE, NOW, bytes);
    }

    static UploadEntity pending(Scope scope, Instant createdAt) {
        return pending(scope, createdAt, null);
    }

    private static UploadEntity pending(Scope scope, Instant createdAt, @Nullable Long reserved) {
        UploadId id = new UploadId(IDS.next(UploadId.PREFIX));
        UploadEntity.File file = new UploadEntity.File(
                "photo.jpg",
                "image/jpeg",
                125L,
                1000L,
                null,
                false,
                3600,
                new ObjectKey("org_test/%s/api_buckets_uploads_create/%s/photo.jpg".formatted(scope.namespace(), id)),
                reserved);
        return new UploadEntity(
                scope.key(id.value()),
                scope.organization(),
                scope.namespace(),
                BUCKET,
                id,
                file,
                new UploadEntity.Target(
                        true, "hero_image", FieldType.IMAGE, true, Map.of("sku", "A-17"), "key:1", true, false, false),
                Map.of("campaign", "spring", "a.b", 1),
                TaskStatus.PENDING,
                UploadEntity.Outcome.without(file, null, null, null),
                createdAt,
                createdAt.plusSeconds(3600));
    }

    static UploadStore.Settled completion(UploadEntity upload) {
        ObjectId object = upload.id().objectId();
        VerificationEvidence evidence = new VerificationEvidence(
                125,
                true,
                ETag.Kind.MD5,
                null,
                new VerificationEvidence.Checksum("SHA256", VerificationEvidence.Source.STORAGE, true),
                "image/jpeg",
                null,
                null,
                null);
        return new UploadStore.Settled(
                upload,
                TaskStatus.COMPLETED,
                new UploadEntity.Outcome(
                        null,
                        125L,
                        "abc",
                        "ff".repeat(32),
                        evidence,
                        object,
                        null,
                        false,
                        null,
                        false,
                        "done",
                        null,
                        NOW,
                        NOW),
                null,
                upload.file().key(),
                false);
    }
}
