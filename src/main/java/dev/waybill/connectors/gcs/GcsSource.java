package dev.waybill.connectors.gcs;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceException;
import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePage;
import dev.waybill.connectors.SourcePath;
import dev.waybill.connectors.SourceProfile;
import dev.waybill.connectors.rest.PinnedRead;
import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCheck;
import dev.waybill.connectors.rest.RestPool;
import dev.waybill.connectors.rest.RestStream;
import dev.waybill.connectors.rest.TokenListing;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A source at Google Cloud Storage. Reads are pinned to one generation of an object, and return the bytes as they are
 * stored.
 */
final class GcsSource implements Source, TokenListing.Pages, RestCheck.Probes {

    private static final String NAME = "Google Cloud Storage";
    private static final String PAGE = "nextPageToken,items(" + GcsObject.LISTED + ")";

    /** A generation that no object has. */
    private static final String NO_GENERATION = "1";

    private final GcsClient client;
    private final String account;
    private final RestPool pool;
    private final TokenListing listing;

    GcsSource(GcsClient client, String account, RestPool pool) {
        this.client = client;
        this.account = account;
        this.pool = pool;
        this.listing = new TokenListing(NAME, this);
    }

    @Override
    public SourceProfile check(@Nullable SourcePath path) {
        return new RestCheck(this, client.wire(), this).check(path);
    }

    @Override
    public SourcePage list(SourcePath path, @Nullable String cursor, int max) {
        return listing.page(path, cursor, max);
    }

    @Override
    public Optional<SourceFile> find(SourcePath path, String key) {
        return listing.find(path, key);
    }

    @Override
    public SourceContent open(SourcePath path, SourceFile file, long from) {
        PinnedRead read = PinnedRead.of(file, from);
        GcsObject now = client.find(path.container(), file.key(), GcsObject.READ)
                .map(GcsObject::new)
                .orElseThrow(() -> new SourceException(Diagnosis.VANISHED, "The file is gone"));
        if (!now.generation().equals(file.version())) {
            throw PinnedRead.changed(null);
        }
        if (now.hasKeyOfItsOwn()) {
            throw GcsErrors.keyOfItsOwn();
        }
        RestStream stream =
                client.open(path.container(), file.key(), Map.of("generation", file.version()), read.headers());
        String generation = stream.answer().header("x-goog-generation");
        InputStream bytes = read.bytes(stream, NAME, generation != null && !generation.equals(file.version()));
        if (isPacked(now.contentEncoding()) != isPacked(stream.answer().header("content-encoding"))) {
            stream.hangUp();
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    "The file was packed or unpacked on its way; it has to come as it is stored");
        }
        return new SourceContent(
                bytes,
                read.length(),
                now.contentType(),
                now.contentEncoding(),
                now.metadata(),
                from == 0 ? now.checksums() : List.of());
    }

    private static boolean isPacked(@Nullable String encoding) {
        return "gzip".equals(encoding);
    }

    /** There are none. */
    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        return Map.of();
    }

    @Override
    public void close() {
        pool.close();
    }

    // Pages of its listing

    @Override
    public TokenListing.Page fetchPage(String bucket, String prefix, @Nullable String token, String from, int max) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("prefix", prefix);
        query.put("pageToken", token == null ? "" : token);
        query.put("startOffset", from);
        query.put("maxResults", String.valueOf(max));
        query.put("fields", PAGE);
        JsonNode json = client.list(bucket, query);
        List<SourceFile> files = new ArrayList<>();
        json.path("items").forEach(item -> files.add(new GcsObject(item).file(bucket)));
        String next = json.path("nextPageToken").asString("");
        return new TokenListing.Page(files, next.isEmpty() ? null : next);
    }

    @Override
    public Optional<SourceFile> find(String bucket, String key) {
        return client.find(bucket, key, GcsObject.LISTED).map(json -> new GcsObject(json).file(bucket));
    }

    @Override
    public boolean beginsAtKeys() {
        return true;
    }

    // Probes of its check

    @Override
    public void account() {
        client.authorize();
    }

    @Override
    public RestAnswer firstByte(SourcePath path, SourceFile file, boolean isThatVersion) {
        Map<String, String> pin =
                isThatVersion ? Map.of("generation", file.version()) : Map.of("ifGenerationMatch", NO_GENERATION);
        RestStream stream = client.open(path.container(), file.key(), pin, Map.of("Range", "bytes=0-0"));
        try (InputStream bytes = stream.bytes()) {
            if (bytes.read() < 0) {
                throw new SourceException(Diagnosis.NETWORK, NAME + " breaks off", true, null, null);
            }
            return stream.answer();
        } catch (IOException e) {
            throw new SourceException(Diagnosis.NETWORK, NAME + " breaks off", true, null, e);
        }
    }

    @Override
    public boolean hasTags() {
        return false;
    }

    @Override
    public RestCheck.Traits traits(@Nullable SourcePath path) {
        JsonNode bucket = path == null ? null : bucket(path.container());
        String location = bucket == null ? "" : bucket.path("location").asString("");
        return new RestCheck.Traits(
                NAME,
                client.endpoint().toString(),
                location.isEmpty() ? null : location,
                account,
                true,
                bucket != null && bucket.path("versioning").path("enabled").asBoolean(false),
                client.paysItself()
                        || bucket != null
                                && bucket.path("billing").path("requesterPays").asBoolean(false),
                false,
                List.of(Algorithm.CRC32C, Algorithm.MD5),
                Map.of(),
                List.of(),
                null);
    }

    /** Bucket metadata needs a permission that reading its files does not. */
    private @Nullable JsonNode bucket(String name) {
        try {
            return client.findBucket(name, "location,versioning,billing").orElse(null);
        } catch (SourceException unseen) {
            return null;
        }
    }
}
