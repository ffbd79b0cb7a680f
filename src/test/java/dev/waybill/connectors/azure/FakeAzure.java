package dev.waybill.connectors.azure;

import dev.waybill.connectors.Source;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.testing.Confidential;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake of Azure Blob Storage in memory: List Blobs, Get Blob, Get Blob Tags and List Containers of one account,
 * authorized by {@link FakeAuthorization}, and the token endpoints of {@link FakeEntra}. After
 * https://learn.microsoft.com/rest/api/storageservices.
 */
public final class FakeAzure implements AutoCloseable {

    public static final String ACCOUNT = "devaccount";
    public static final String CONTAINER = "elsewhere";
    public static final String KEY = Confidential.secret(Base64.getEncoder()
            .encodeToString("the key of an account, 64 bytes, as Azure hands them out, ok.".getBytes()));

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final FakeServer server = new FakeServer(this::serve);
    private final NavigableMap<String, Stored> blobs = new TreeMap<>(
            Comparator.comparing((String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    private final FakeEntra entra = new FakeEntra();
    private final Set<String> folders = ConcurrentHashMap.newKeySet();
    private boolean returnsEmptyPages;
    private boolean keepsFolders;
    private int writes;

    /**
     * A blob.
     *
     * @param headers sent with its bytes
     * @param listed more of its properties in listings, as XML
     */
    record Stored(
            byte[] bytes,
            String etag,
            Instant modifiedAt,
            Map<String, String> metadata,
            Map<String, String> tags,
            Map<String, String> headers,
            String listed) {}

    /** The types of credentials. */
    enum Credentials {
        KEY(Map.of("account_key", FakeAzure.KEY)),
        SAS(Map.of("sas_token", FakeAuthorization.sas("rlt", Instant.now().plus(Duration.ofDays(1))))),
        APPLICATION(FakeEntra.application()),
        MACHINE(Map.of("type", "managed_identity"));

        private final Map<String, Object> sent;

        Credentials(Map<String, Object> sent) {
            this.sent = sent;
        }

        Map<String, Object> sent() {
            return sent;
        }
    }

    AzureProperties properties() {
        URI base = URI.create(server.endpoint());
        return new AzureProperties(true, base, null, base);
    }

    public String endpoint() {
        return server.endpoint() + "/" + ACCOUNT;
    }

    Source open(Credentials credentials) {
        return open(credentials.sent(), Pools.loopback(), InstantSource.system());
    }

    Source open(Map<String, Object> credentials, RestPools pools, InstantSource clock) {
        AzureConnector connector = new AzureConnector(properties(), pools, Pools.LOOPBACK, clock);
        Map<String, Object> settings =
                Map.of("account_name", ACCOUNT, "endpoint_url", endpoint(), "credentials", credentials);
        return connector.open(connector.read(settings, "body.provider_config"));
    }

    public FakeServer server() {
        return server;
    }

    /** Requests that are not for tokens. */
    List<Seen> seen() {
        return server.seen().stream()
                .filter(request -> request.segment(0).equals(ACCOUNT))
                .toList();
    }

    /** How many tokens it issued. */
    int granted() {
        return entra.granted();
    }

    /** Invalidates all tokens that it issued. */
    void forgetTokens() {
        entra.forgetTokens();
    }

    /** From now on two empty pages with a marker precede each that has blobs, and the end. */
    public void returnsEmptyPages() {
        returnsEmptyPages = true;
    }

    /** From now on an empty file with a slash at its end is a folder without one, as in a hierarchical namespace. */
    void keepsFolders() {
        keepsFolders = true;
    }

    /** The stored name of a key that was put. */
    String called(String key) {
        return folders.contains(key) ? key.substring(0, key.length() - 1) : key;
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of());
    }

    public void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        if (keepsFolders && bytes.length == 0 && key.endsWith("/")) {
            folders.add(key);
            put(called(key), bytes, Map.of("hdi_isfolder", "true"), tags, Map.of(), "");
            return;
        }
        put(key, bytes, metadata, tags, Map.of("Content-MD5", md5(bytes)), "<AccessTier>Hot</AccessTier>");
    }

    /** One with the content encoding gzip. */
    public void putPacked(String key, byte[] gzip) {
        put(
                key,
                gzip,
                Map.of(),
                Map.of(),
                Map.of("Content-MD5", md5(gzip), "Content-Encoding", "gzip", "Content-Type", "text/plain"),
                "");
    }

    public synchronized void put(
            String key,
            byte[] bytes,
            Map<String, String> metadata,
            Map<String, String> tags,
            Map<String, String> headers,
            String listed) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(++writes);
        blobs.put(key, new Stored(bytes, "0x8DE%013X".formatted(writes), at, metadata, tags, headers, listed));
    }

    synchronized byte[] bytes(String key) {
        return blobs.get(key).bytes();
    }

    synchronized void remove(String key) {
        blobs.remove(key);
    }

    public static Answer error(int status, String code, String detail, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("x-ms-error-code", code, "Content-Type", "application/xml"));
        return Answer.of(
                status,
                "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>%s</Code><Message>%s</Message>"
                                .formatted(code, detail)
                        + "<AuthenticationErrorDetail>%s</AuthenticationErrorDetail></Error>".formatted(detail),
                all.toArray(String[]::new));
    }

    /** Answers as Azure does. */
    public synchronized Answer serve(Seen request) {
        if (!request.segment(0).equals(ACCOUNT)) {
            return entra.serve(request);
        }
        Answer refusal = new FakeAuthorization(server.endpoint(), entra).refusal(request);
        if (refusal != null) {
            return refusal;
        }
        if (request.segment(1).isEmpty()) {
            return xml("<EnumerationResults><Containers /><NextMarker /></EnumerationResults>");
        }
        if (!request.segment(1).equals(CONTAINER)) {
            return error(404, "ContainerNotFound", "The specified container does not exist.");
        }
        if (request.segment(2).isEmpty()) {
            return list(request.query());
        }
        Stored stored = blobs.get(request.segment(2));
        if (stored == null && request.headers().containsKey("If-Match")) {
            // A missing blob has no ETag, as in Azurite.
            return error(
                    412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
        if (stored == null) {
            return error(404, "BlobNotFound", "The specified blob does not exist.");
        }
        return "tags".equals(request.query().get("comp")) ? tags(stored) : get(request, stored);
    }

    private Answer list(Map<String, String> query) {
        if (!"list".equals(query.get("comp")) || !"container".equals(query.get("restype"))) {
            return error(400, "InvalidQueryParameterValue", "comp, restype");
        }
        String marker = query.getOrDefault("marker", "");
        int empty = returnsEmptyPages
                ? 2 - (int) marker.chars().filter(letter -> letter == '~').count()
                : 0;
        if (empty > 0) {
            return xml(
                    "<EnumerationResults><Blobs /><NextMarker>%s~</NextMarker></EnumerationResults>".formatted(marker));
        }
        int max = Integer.parseInt(query.getOrDefault("maxresults", "5000"));
        String after = marker(marker.replace("~", ""));
        if (max < 1 || after == null) {
            return error(400, "OutOfRangeQueryParameterValue", "maxresults, marker");
        }
        List<String> keys = new ArrayList<>((after.isEmpty() ? blobs : blobs.tailMap(after, false)).keySet());
        keys.removeIf(key -> !key.startsWith(query.getOrDefault("prefix", "")));
        boolean isTruncated = keys.size() > max;
        List<String> page = isTruncated ? keys.subList(0, max) : keys;
        boolean hasMetadata = query.getOrDefault("include", "").contains("metadata");
        StringBuilder body = new StringBuilder(
                "<EnumerationResults ServiceEndpoint=\"%s/\" ContainerName=\"%s\">".formatted(endpoint(), CONTAINER));
        body.append("<MaxResults>%d</MaxResults><Blobs>".formatted(max));
        page.forEach(key -> body.append(entry(key, blobs.get(key), hasMetadata)));
        body.append("</Blobs>")
                .append(isTruncated ? "<NextMarker>" + nextMarker(page.getLast()) + "</NextMarker>" : "<NextMarker />");
        return xml(body.append("</EnumerationResults>").toString());
    }

    public static String nextMarker(String key) {
        return "2!" + Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String marker(String marker) {
        if (marker.isEmpty()) {
            return "";
        }
        try {
            return new String(Base64.getUrlDecoder().decode(marker.substring(2)), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private static String entry(String key, Stored stored, boolean hasMetadata) {
        StringBuilder entry = new StringBuilder("<Blob>");
        entry.append(
                key.chars().allMatch(letter -> letter >= ' ')
                        ? "<Name>" + escaped(key) + "</Name>"
                        : "<Name Encoded=\"true\">"
                                + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20")
                                + "</Name>");
        entry.append("<Properties><Last-Modified>%s</Last-Modified><Etag>%s</Etag><Content-Length>%d</Content-Length>"
                .formatted(HTTP_DATE.format(stored.modifiedAt()), stored.etag(), stored.bytes().length));
        entry.append("<Content-Type>application/octet-stream</Content-Type><Content-Encoding />");
        entry.append("<BlobType>BlockBlob</BlobType>").append(stored.listed()).append("</Properties>");
        if (hasMetadata) {
            entry.append("<Metadata>");
            stored.metadata()
                    .forEach((name, value) -> entry.append("<%s>%s</%s>".formatted(name, escaped(value), name)));
            entry.append("</Metadata>");
        }
        return entry.append("<OrMetadata /></Blob>").toString();
    }

    private static Answer tags(Stored stored) {
        StringBuilder body = new StringBuilder("<Tags><TagSet>");
        stored.tags()
                .forEach((key, value) -> body.append(
                        "<Tag><Key>%s</Key><Value>%s</Value></Tag>".formatted(escaped(key), escaped(value))));
        return xml(body.append("</TagSet></Tags>").toString());
    }

    private static Answer get(Seen request, Stored stored) {
        String etag = "\"" + stored.etag() + "\"";
        if (!etag.equals(request.headers().getOrDefault("If-Match", etag))) {
            return error(
                    412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ETag", etag);
        headers.put("Last-Modified", HTTP_DATE.format(stored.modifiedAt()));
        headers.put("Content-Type", "application/octet-stream");
        headers.put("x-ms-blob-type", "BlockBlob");
        stored.metadata().forEach((name, value) -> headers.put("x-ms-meta-" + name, value));
        headers.putAll(stored.headers());
        byte[] bytes = stored.bytes();
        Matcher range = RANGE.matcher(request.headers().getOrDefault("Range", ""));
        if (!range.matches()) {
            return new Answer(200, headers, bytes, -1);
        }
        // Of a part the hash of the whole has another name.
        String md5 = headers.remove("Content-MD5");
        headers.put("x-ms-blob-content-md5", md5 == null ? "" : md5);
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2).isEmpty() ? bytes.length : Math.min(bytes.length, Integer.parseInt(range.group(2)) + 1);
        if (from >= bytes.length) {
            return error(416, "InvalidRange", "The range specified is invalid for the current size of the resource.");
        }
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, bytes.length));
        return new Answer(206, headers, Arrays.copyOfRange(bytes, from, to), -1);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static Answer xml(String body) {
        return Answer.of(
                200, "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>" + body, "Content-Type", "application/xml");
    }

    static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
