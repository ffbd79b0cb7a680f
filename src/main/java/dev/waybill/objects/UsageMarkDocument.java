package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Duration;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** A {@link UsageMark} as it is stored. */
@Document(UsageMarkDocument.COLLECTION)
// The sweep asks every second or two which marks are due.
@CompoundIndex(name = "due", def = "{due_at: 1, not_before: 1}")
record UsageMarkDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String bucketId,
        long generation,
        Instant lastChange,
        Instant dueAt,
        Instant notBefore,
        long tookMillis) {

    static final String COLLECTION = "bucket_usage_marks";

    BucketPlace place() {
        return new BucketPlace(
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)), new BucketId(bucketId));
    }

    UsageMark toMark() {
        return new UsageMark(place(), generation, lastChange, dueAt, notBefore, Duration.ofMillis(tookMillis));
    }
}
