package dev.waybill.objects.requests;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.blobs.BlobDraft;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaCheck;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parser and validator of objects in requests: bounds of the contract and the bucket's schema; reports all violations.
 */
@Component
class DraftReader {

    static final int MAX_BLOBS = 100;
    static final int MAX_PREFIX = 512;
    private static final int MAX_PROPERTY = 100;

    private final ContentReader contents;

    DraftReader(JsonMapper json, ObjectProperties properties) {
        this.contents = new ContentReader(json, properties.inlineUpTo().toBytes());
    }

    /**
     * Parses an object. Required properties are not checked here: see {@link SchemaCheck#requireAll}.
     *
     * @param at the path of the object in the request
     * @throws InvalidRequest naming everything that is wrong
     */
    ObjectDraft read(Bucket bucket, CreateObjectRequest request, List<Object> at) {
        Violations violations = new Violations();
        prefix(request.keyPrefix(), below(at, "key_prefix"), violations);
        boolean fetches = !Boolean.FALSE.equals(request.canonicalizeSource());
        boolean anew = Boolean.TRUE.equals(request.forceRemirror());
        List<BlobDraft> blobs = blobs(
                bucket.schema(),
                requested(bucket.schema(), request, at, violations),
                new Defaults(fetches, anew),
                below(at, "blobs"),
                violations);
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (request.metadata() != null) {
            metadata.putAll(request.metadata());
            free(request.metadata(), below(at, "metadata"), violations);
        }
        SchemaCheck.violations(bucket.schema(), metadata, below(at, "metadata")).forEach(violations::add);
        for (BlobDraft blob : blobs) {
            if (!blob.type().isBlob() && blob.content() instanceof BlobDraft.Content.Inline value) {
                metadata.putIfAbsent(blob.property(), value.value());
            }
        }
        violations.refuse();
        return new ObjectDraft(blankToNull(request.keyPrefix()), blobs, metadata);
    }

    /** Refuses an object without content, as from a body with misspelt field names. */
    static void requireContent(CreateObjectRequest request, List<Object> at) {
        boolean hasBlobs = request.blob() != null
                || (request.blobs() != null && !request.blobs().isEmpty());
        boolean hasMetadata = request.metadata() != null && !request.metadata().isEmpty();
        if (!hasBlobs && !hasMetadata) {
            Violations violations = new Violations();
            violations.add(
                    below(at, "blobs"),
                    "an object has blobs, metadata, or both; a blob has property and type, and one of data, content,"
                            + " url and upload_id",
                    "missing");
            violations.refuse();
        }
    }

    private static @Nullable List<@Nullable CreateBlobRequest> requested(
            BucketSchema schema, CreateObjectRequest request, List<Object> at, Violations violations) {
        CreateBlobRequest single = request.blob();
        if (single == null) {
            return request.blobs();
        }
        if (request.blobs() != null && !request.blobs().isEmpty()) {
            violations.add(
                    below(at, "blob"), "stands beside blobs, which hold all of them; send one of the two", "conflict");
        }
        List<@Nullable CreateBlobRequest> only = new ArrayList<>();
        only.add(single.completed(schema));
        return only;
    }

    static void requirePrefix(@Nullable String prefix) {
        Violations violations = new Violations();
        prefix(prefix, List.of("body", "key_prefix"), violations);
        violations.refuse();
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private List<BlobDraft> blobs(
            BucketSchema schema,
            @Nullable List<@Nullable CreateBlobRequest> requests,
            Defaults defaults,
            List<Object> at,
            Violations violations) {
        List<BlobDraft> drafts = new ArrayList<>();
        if (requests == null) {
            return drafts;
        }
        if (requests.size() > MAX_BLOBS) {
            violations.add(at, "List should have at most %d items".formatted(MAX_BLOBS), "too_long");
            return drafts;
        }
        for (int i = 0; i < requests.size(); i++) {
            CreateBlobRequest request = requests.get(i);
            BlobDraft draft = request == null ? null : blob(schema, i, request, defaults, below(at, i), violations);
            if (request == null) {
                violations.has(below(at, i), null);
            } else if (draft != null) {
                drafts.add(draft);
            }
        }
        return drafts;
    }

    private @Nullable BlobDraft blob(
            BucketSchema schema,
            int index,
            CreateBlobRequest request,
            Defaults defaults,
            List<Object> at,
            Violations violations) {
        prefix(request.keyPrefix(), below(at, "key_prefix"), violations);
        if (request.metadata() != null) {
            free(request.metadata(), below(at, "metadata"), violations);
        }
        String property = request.property();
        FieldType type = request.type();
        violations.has(below(at, "property"), property);
        violations.has(below(at, "type"), type);
        if (property == null || type == null || !declared(schema, property, type, at, violations)) {
            return null;
        }
        ContentReader.Read read =
                contents.read(request, property, type, defaults.fetches(request), defaults.anew(request));
        if (read.content() == null) {
            violations.add(at, String.valueOf(read.problem()), "value_error");
            return null;
        }
        if (!type.isBlob() && read.content() instanceof BlobDraft.Content.Inline inline) {
            SchemaCheck.violations(schema, Map.of(property, inline.value()), at).forEach(violations::add);
        }
        return new BlobDraft(
                index,
                property,
                type,
                blankToNull(request.keyPrefix()),
                read.content(),
                request.metadata() == null ? Map.of() : new LinkedHashMap<>(request.metadata()));
    }

    private static boolean declared(
            BucketSchema schema, String property, FieldType type, List<Object> at, Violations violations) {
        SchemaField field = schema.properties().get(property);
        if (property.isEmpty() || property.length() > MAX_PROPERTY) {
            violations.add(
                    below(at, "property"), "must have 1 to %d characters".formatted(MAX_PROPERTY), "value_error");
        } else if (field == null) {
            violations.add(
                    below(at, "property"),
                    "the bucket's schema has no property '%s'; it has: %s".formatted(property, names(schema)),
                    "value_error");
        } else if (field.type() != type) {
            violations.add(
                    below(at, "type"),
                    "the bucket's schema declares '%s' as %s, not %s"
                            .formatted(property, field.type().wire(), type.wire()),
                    "value_error");
        } else {
            return true;
        }
        return false;
    }

    private static String names(BucketSchema schema) {
        Set<String> names = schema.properties().keySet();
        return names.stream().limit(20).collect(Collectors.joining(", "));
    }

    private static void prefix(@Nullable String prefix, List<Object> at, Violations violations) {
        violations.atMost(at, prefix, MAX_PREFIX);
        violations.plain(at, prefix);
    }

    private static void free(Map<String, Object> json, List<Object> at, Violations violations) {
        FreeJson.metadataViolation(at, json).ifPresent(violations::add);
    }

    /** The request's options, which a blob may override. */
    private record Defaults(boolean fetches, boolean anew) {

        boolean fetches(CreateBlobRequest blob) {
            return blob.canonicalizeSource() == null ? fetches : blob.canonicalizeSource();
        }

        boolean anew(CreateBlobRequest blob) {
            return blob.forceRemirror() == null ? anew : blob.forceRemirror();
        }
    }
}
