package dev.waybill.connectors.gcs;

import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
import dev.waybill.connectors.SourceFile;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An object resource of the JSON API. */
record GcsObject(JsonNode json) {

    /** The fields that a listing needs. */
    static final String LISTED = "name,generation,size,timeCreated,contentType,storageClass";

    /** The fields that reading needs. */
    static final String READ = LISTED + ",contentEncoding,crc32c,md5Hash,metadata,customerEncryption";

    String name() {
        return text("name");
    }

    /** The generation: changes with each write of the content, and not with metadata. */
    String generation() {
        return text("generation");
    }

    @Nullable
    String contentType() {
        return orNull("contentType");
    }

    @Nullable
    String contentEncoding() {
        return orNull("contentEncoding");
    }

    /** Whether it has a customer-supplied encryption key, which Google does not store. */
    boolean hasKeyOfItsOwn() {
        return !json.path("customerEncryption").isMissingNode();
    }

    SourceFile file(String bucket) {
        long size = json.path("size").asLong(0);
        boolean isFolder = size == 0 && (name().endsWith("/") || name().endsWith("_$folder$"));
        return new SourceFile(
                bucket + "/" + name(),
                name(),
                Math.max(0, size),
                time(text("timeCreated")),
                generation(),
                Map.of("generation", generation()),
                contentType(),
                orNull("storageClass"),
                isFolder ? SourceFile.Kind.FOLDER_MARKER : SourceFile.Kind.FILE);
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        json.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().asString("")));
        return metadata;
    }

    /** Checksums of its stored bytes. Composite objects have no MD5. */
    List<Checksum> checksums() {
        List<Checksum> checksums = new ArrayList<>();
        add(checksums, Algorithm.CRC32C, text("crc32c"));
        add(checksums, Algorithm.MD5, text("md5Hash"));
        return checksums;
    }

    private static void add(List<Checksum> checksums, Algorithm algorithm, String base64) {
        if (base64.isEmpty()) {
            return;
        }
        try {
            checksums.add(new Checksum(
                    algorithm, HexFormat.of().formatHex(Base64.getDecoder().decode(base64))));
        } catch (IllegalArgumentException unreadable) {
            // An invalid checksum is ignored.
        }
    }

    private String text(String field) {
        return json.path(field).asString("");
    }

    private @Nullable String orNull(String field) {
        String text = text(field);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }
}
