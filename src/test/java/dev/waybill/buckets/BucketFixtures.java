package dev.waybill.buckets;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Buckets for tests. */
final class BucketFixtures {

    static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
    static final Scope SCOPE = new Scope(new OrganizationId("org_a"), new NamespaceId("ns_1"));

    private BucketFixtures() {}

    static Bucket bucket(String id, String name) {
        return bucket(SCOPE, id, name);
    }

    static Bucket bucket(Scope scope, String id, String name) {
        Map<String, SchemaField> properties = new LinkedHashMap<>();
        properties.put("photo", field(FieldType.IMAGE));
        properties.put("caption", field(FieldType.STRING));
        return new Bucket(
                new BucketId(id),
                scope,
                name,
                "before",
                new BucketSchema(properties),
                null,
                Map.of("team", "shop"),
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                NOW,
                NOW);
    }

    static SchemaField field(FieldType type) {
        return new SchemaField(type, null, null, null, null, null, null, null);
    }

    static BucketUsage usage(long objects, long bytes, Instant computedAt) {
        return new BucketUsage(objects, bytes, bytes, 1, computedAt, computedAt);
    }
}
