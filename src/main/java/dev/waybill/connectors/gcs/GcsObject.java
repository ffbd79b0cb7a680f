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

/** An object as the JSON API tells of it. */
record GcsObject(JsonNode told) {

    /** What a listing needs of each. */
    static final String LISTED = "name,generation,size,timeCreated,contentType,storageClass";

    /** What reading one needs besides. */
    static final String READ = LISTED + ",contentEncoding,crc32c,md5Hash,metadata,customerEncryption";

    String name() {
        return text("name");
    }

    /** Another one for each content that was ever written, and no other one for what is only said of it. */
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

    /** Whether nobody reads it without the key that came with it, which Google does not keep. */
    boolean hasKeyOfItsOwn() {
        return !told.path("customerEncryption").isMissingNode();
    }

    SourceFile file(String bucket) {
        long size = told.path("size").asLong(0);
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
        told.path("metadata")
                .properties()
                .forEach(entry -> metadata.put(
                        entry.getKey().toLowerCase(Locale.ROOT),
                        entry.getValue().asString("")));
        return metadata;
    }

    /** Of its stored bytes. What was composed of others has no MD5. */
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
            // It says nothing.
        }
    }

    private String text(String field) {
        return told.path(field).asString("");
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
