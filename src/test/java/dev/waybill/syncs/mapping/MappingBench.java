package dev.waybill.syncs.mapping;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.formats.DetectionResult;
import dev.waybill.platform.formats.DetectionResult.FormatEvidence;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import dev.waybill.syncs.mapping.MappingResult.MappingProblem;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mappings for tests, and what they make of files. */
abstract class MappingBench {

    static final String AT = "body.schema_mapping";

    static final Map<String, Object> FILE = Map.of("type", "file");

    static final Bucket CONTENT = bucket("content", FieldType.VIDEO);

    static List<Object> at(Object... steps) {
        List<Object> at = new ArrayList<>(List.of("body", "schema_mapping", "mappings"));
        at.addAll(List.of(steps));
        return at;
    }

    static @Nullable Object transformed(String transform, Object value) {
        SchemaMapping mapping =
                read(CONTENT, "x", field(Map.of("type", "constant", "value", value), "transform", transform));
        return ((Mapped) map(mapping, "a.mp4", "video/mp4")).objectMetadata().get("x");
    }

    static @Nullable Object value(Map<String, Object> source, String key) {
        SchemaMapping mapping = read(CONTENT, "x", field(source));
        return ((Mapped) map(mapping, key, "video/mp4")).objectMetadata().get("x");
    }

    static List<Violation> violations(@Nullable Map<String, Object> raw, Bucket bucket) {
        List<Violation> violations = new ArrayList<>();
        assertThatThrownBy(() -> SchemaMapping.read(raw, bucket, "s3", AT))
                .isInstanceOfSatisfying(InvalidRequest.class, e -> violations.addAll(e.violations()));
        return violations;
    }

    static SchemaMapping read(Bucket bucket, String target, Map<String, Object> entry) {
        return SchemaMapping.read(mappings(target, entry), bucket, "s3", AT);
    }

    static Map<String, Object> mappings(Object... entries) {
        return Map.of("mappings", with(new LinkedHashMap<>(), entries));
    }

    static Map<String, Object> blob(@Nullable Object... more) {
        return with(new LinkedHashMap<>(Map.of("target_type", "blob", "source", FILE)), more);
    }

    static Map<String, Object> field(Map<String, Object> source, Object... more) {
        return with(new LinkedHashMap<>(Map.of("target_type", "field", "source", source)), more);
    }

    static Map<String, Object> with(Map<String, Object> map, @Nullable Object... more) {
        for (int i = 0; i < more.length; i += 2) {
            map.put((String) more[i], more[i + 1]);
        }
        return map;
    }

    static String property(SchemaMapping mapping, String key, String mediaType) {
        return ((Mapped) map(mapping, key, mediaType)).property();
    }

    static MappingProblem problem(SchemaMapping mapping, String key, String mediaType) {
        return (MappingProblem) map(mapping, key, mediaType);
    }

    static MappingResult map(SchemaMapping mapping, String key, String mediaType) {
        return mapping.map(file(key), shows(mediaType), Map.of(), Map.of());
    }

    /** Bytes that are detected as that type, whatever the expected kind. */
    static ShownFormat shows(String mediaType) {
        FormatEvidence plain = new FormatEvidence(null, null);
        return kind -> kind == null || kind.takes(mediaType)
                ? new DetectionResult.Fits(mediaType, plain, true)
                : new DetectionResult.Misfit(
                        mediaType,
                        plain,
                        true,
                        kind,
                        mediaType,
                        "the file is %s, the property takes %s".formatted(mediaType, kind.phrase()));
    }

    static SourceFile file(String key) {
        return new SourceFile("bucket/" + key, key, 1, Instant.EPOCH, "v1", Map.of(), null, null, SourceFile.Kind.FILE);
    }

    /** @param properties names and types, in turns */
    static Bucket bucket(Object... properties) {
        Map<String, SchemaField> fields = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            fields.put(
                    (String) properties[i],
                    new SchemaField((FieldType) properties[i + 1], null, null, null, null, null, null, null));
        }
        return new Bucket(
                new BucketId("bkt_test"),
                new Scope(new OrganizationId("org_test"), new NamespaceId("ns_test")),
                "test",
                null,
                new BucketSchema(fields),
                null,
                Map.of(),
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
