package dev.waybill.connectors.azure;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.SourceContent;
import dev.waybill.connectors.SourceContent.Algorithm;
import dev.waybill.connectors.SourceContent.Checksum;
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
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A source at Azure Blob Storage. Reads are pinned to one ETag, and return the bytes as they are stored. */
final class AzureSource implements Source, TokenListing.Pages, RestCheck.Probes {

    private static final String NAME = "Azure Blob Storage";
    private static final String METADATA = "x-ms-meta-";

    /** An ETag that no blob has. */
    private static final String NO_ETAG = "\"0x0\"";

    /** More empty pages in a row than have been observed of any account. */
    private static final int PATIENCE = 1_000;

    private final AzureClient client;
    private final String account;
    private final RestPool pool;
    private final TokenListing listing;
    private volatile boolean keepsVersions;

    AzureSource(AzureClient client, String account, RestPool pool) {
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
        String etag = file.facts().getOrDefault("etag", "");
        Map<String, String> headers = new LinkedHashMap<>(read.headers());
        headers.put("If-Match", "\"" + etag + "\"");
        RestStream stream = pinned(path.container(), file.key(), headers);
        RestAnswer answer = stream.answer();
        String received = answer.header("etag");
        InputStream bytes = read.bytes(
                stream, NAME, received != null && !AzureBlob.bare(received).equals(etag));
        if (answer.header("content-length") == null) {
            // Azure always sends it: a proxy has changed the bytes.
            stream.hangUp();
            throw new SourceException(
                    Diagnosis.INTEGRITY_MISMATCH,
                    "The file was packed or unpacked on its way; it has to come as it is stored");
        }
        return new SourceContent(
                bytes,
                read.length(),
                answer.header("content-type"),
                answer.header("content-encoding"),
                metadata(answer),
                from == 0 ? checksums(answer) : List.of());
    }

    /** A deleted blob answers 412 like a changed one, so its existence is checked. */
    private RestStream pinned(String container, String key, Map<String, String> headers) {
        try {
            return client.open(container, key, headers);
        } catch (SourceException refused) {
            if (refused.diagnosis() == Diagnosis.CHANGED_DURING_READ
                    && find(container, key).isEmpty()) {
                throw new SourceException(Diagnosis.VANISHED, "The file is gone", false, null, refused);
            }
            throw refused;
        }
    }

    private static Map<String, String> metadata(RestAnswer answer) {
        Map<String, String> metadata = new TreeMap<>();
        answer.headers().forEach((name, value) -> {
            if (name.startsWith(METADATA)) {
                metadata.put(name.substring(METADATA.length()), value);
            }
        });
        return metadata;
    }

    /** Set by the blob's writer, or computed by Azure for a single PUT; block lists often have none. */
    private static List<Checksum> checksums(RestAnswer answer) {
        String base64 = answer.header("content-md5");
        if (base64 == null) {
            return List.of();
        }
        try {
            byte[] md5 = Base64.getDecoder().decode(base64);
            return md5.length == 16
                    ? List.of(new Checksum(Algorithm.MD5, HexFormat.of().formatHex(md5)))
                    : List.of();
        } catch (IllegalArgumentException unreadable) {
            return List.of();
        }
    }

    @Override
    public Map<String, String> tags(SourcePath path, SourceFile file) {
        try {
            return AzureXml.tags(client.tags(path.container(), file.key()).body());
        } catch (SourceException refused) {
            // Accounts with a hierarchical namespace have none, and answer with a client error.
            if (refused.diagnosis() == Diagnosis.UNSUPPORTED) {
                return Map.of();
            }
            throw refused;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    // Pages of its listing

    @Override
    public TokenListing.Page fetchPage(String bucket, String prefix, @Nullable String token, String from, int max) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("restype", "container");
        query.put("comp", "list");
        query.put("prefix", prefix);
        query.put("marker", token == null ? "" : token);
        query.put("maxresults", String.valueOf(max));
        // Only metadata shows which blobs are folder placeholders.
        query.put("include", "metadata");
        AzureXml.Page page = AzureXml.page(client.list(bucket, query).body());
        List<SourceFile> files = page.blobs().stream()
                .map(blob -> new AzureBlob(blob).file(bucket))
                .toList();
        return new TokenListing.Page(files, page.next().isEmpty() ? null : page.next());
    }

    /** The first key with a key as its prefix is that very key, which may follow any number of empty pages. */
    @Override
    public Optional<SourceFile> find(String bucket, String key) {
        @Nullable String token = null;
        for (int i = 0; i < PATIENCE; i++) {
            TokenListing.Page page = fetchPage(bucket, key, token, "", 1);
            if (!page.files().isEmpty() || page.next() == null) {
                return page.files().stream()
                        .filter(file -> file.key().equals(key))
                        .findFirst();
            }
            token = page.next();
        }
        throw new SourceException(
                Diagnosis.BROKEN_LISTING, NAME + " tells of more files again and again, and never of one");
    }

    @Override
    public boolean beginsAtKeys() {
        return false;
    }

    // Probes of its check

    @Override
    public void account() {
        Instant until = client.key().expiresAt();
        if (until != null && until.isBefore(client.wire().serverTime())) {
            throw new SourceException(
                    Diagnosis.EXPIRED_CREDENTIALS, "The shared access signature's time is over; give a new one");
        }
        if (!client.key().isForAccount()) {
            return;
        }
        try {
            client.account(Map.of("comp", "list", "maxresults", "1"));
        } catch (SourceException refused) {
            // An authorization error implies valid credentials.
            if (refused.diagnosis() != Diagnosis.ACCESS_DENIED) {
                throw refused;
            }
        }
    }

    @Override
    public RestAnswer firstByte(SourcePath path, SourceFile file, boolean isThatVersion) {
        String etag = isThatVersion ? "\"" + file.facts().getOrDefault("etag", "") + "\"" : NO_ETAG;
        RestStream stream = client.open(path.container(), file.key(), Map.of("If-Match", etag, "Range", "bytes=0-0"));
        try (InputStream bytes = stream.bytes()) {
            if (bytes.read() < 0) {
                throw new SourceException(Diagnosis.NETWORK, NAME + " breaks off", true, null, null);
            }
            keepsVersions |= stream.answer().header("x-ms-version-id") != null;
            return stream.answer();
        } catch (IOException e) {
            throw new SourceException(Diagnosis.NETWORK, NAME + " breaks off", true, null, e);
        }
    }

    @Override
    public boolean hasTags() {
        return true;
    }

    @Override
    public RestCheck.Traits traits(@Nullable SourcePath path) {
        AzureKey key = client.key();
        return new RestCheck.Traits(
                NAME,
                client.endpoint().toString(),
                null,
                account,
                false,
                keepsVersions,
                false,
                true,
                List.of(Algorithm.MD5),
                key.restrictions(),
                key.lacking(),
                key.expiresAt());
    }
}
