package dev.waybill.connectors.azure;

import com.azure.storage.common.StorageSharedKeyCredential;
import dev.waybill.connectors.Source;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.connectors.rest.Pools;
import dev.waybill.connectors.rest.RestPools;
import dev.waybill.testing.Confidential;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Azure Blob Storage in memory, as far as readers see it: List Blobs, Get Blob, Get Blob Tags and List Containers of one
 * account, with account keys, whose signatures Azure's own library makes again, one shared access signature, and the token
 * endpoints of Entra and of an Azure machine. After https://learn.microsoft.com/rest/api/storageservices and
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow.
 */
public final class FakeAzure implements AutoCloseable {

    public static final String ACCOUNT = "devaccount";
    public static final String CONTAINER = "elsewhere";
    public static final String KEY = Confidential.secret(Base64.getEncoder()
            .encodeToString("the key of an account, 64 bytes, as Azure hands them out, ok.".getBytes()));
    static final String SIGNATURE = Confidential.secret("c2lnbmF0dXJlb2Z0aGVmYWtl%3D");
    static final String TENANT = "11111111-2222-3333-4444-555555555555";
    static final String CLIENT = "66666666-7777-8888-9999-000000000000";
    static final String CLIENT_SECRET = Confidential.secret("abc8Q~of-the-fake-application");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final FakeServer server = new FakeServer(this::serve);
    private final NavigableMap<String, Stored> blobs = new TreeMap<>(
            Comparator.comparing((String key) -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned));
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger granted = new AtomicInteger();
    private boolean isSparse;
    private int writes;

    /**
     * A blob.
     *
     * @param headers told with its bytes
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

    /** The ways to show that one may read it. */
    enum Credentials {
        KEY(Map.of("account_key", FakeAzure.KEY)),
        SAS(Map.of("sas_token", sas("rlt", Instant.now().plus(Duration.ofDays(1))))),
        APPLICATION(Map.of("tenant_id", TENANT, "client_id", CLIENT, "client_secret", CLIENT_SECRET)),
        MACHINE(Map.of("type", "managed_identity"));

        private final Map<String, Object> sent;

        Credentials(Map<String, Object> sent) {
            this.sent = sent;
        }

        Map<String, Object> sent() {
            return sent;
        }
    }

    /** A shared access signature of a container. */
    static String sas(String permissions, Instant until) {
        return "sv=2021-12-02&sr=c&sp=%s&se=%s&sig=%s"
                .formatted(permissions, until.truncatedTo(ChronoUnit.SECONDS), SIGNATURE);
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
                .filter(asked -> asked.segment(0).equals(ACCOUNT))
                .toList();
    }

    /** How many tokens it gave. */
    int granted() {
        return granted.get();
    }

    /** All tokens that it gave are good no more. */
    void forgetTokens() {
        tokens.clear();
    }

    /** From now on two empty pages with a marker stand before each that holds something, and before the end. */
    void isSparse() {
        isSparse = true;
    }

    void put(String key, String text) {
        put(key, text.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of());
    }

    void put(String key, byte[] bytes, Map<String, String> metadata, Map<String, String> tags) {
        put(key, bytes, metadata, tags, Map.of("Content-MD5", md5(bytes)), "<AccessTier>Hot</AccessTier>");
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

    static Answer tokenError(int status, String error, String description) {
        return Answer.of(status, JSON.writeValueAsString(Map.of("error", error, "error_description", description)));
    }

    /** As Azure answers. */
    synchronized Answer serve(Seen asked) {
        if (asked.path().equals("/" + TENANT + "/oauth2/v2.0/token")) {
            return applicationToken(Seen.fields(asked.body()));
        }
        if (asked.path().equals("/metadata/identity/oauth2/token")) {
            return machineToken(asked);
        }
        if (!asked.segment(0).equals(ACCOUNT)) {
            return Answer.of(404, "");
        }
        Answer refusal = refusal(asked);
        if (refusal != null) {
            return refusal;
        }
        if (asked.segment(1).isEmpty()) {
            return xml("<EnumerationResults><Containers /><NextMarker /></EnumerationResults>");
        }
        if (!asked.segment(1).equals(CONTAINER)) {
            return error(404, "ContainerNotFound", "The specified container does not exist.");
        }
        if (asked.segment(2).isEmpty()) {
            return list(asked.query());
        }
        Stored stored = blobs.get(asked.segment(2));
        if (stored == null && asked.headers().containsKey("If-Match")) {
            // What is not there has no ETag: so does Azurite.
            return error(
                    412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
        if (stored == null) {
            return error(404, "BlobNotFound", "The specified blob does not exist.");
        }
        return "tags".equals(asked.query().get("comp")) ? tags(stored) : get(asked, stored);
    }

    private Answer applicationToken(Map<String, String> form) {
        boolean isKnown = CLIENT.equals(form.get("client_id")) && CLIENT_SECRET.equals(form.get("client_secret"));
        boolean isForStorage = "https://storage.azure.com/.default".equals(form.get("scope"))
                && "client_credentials".equals(form.get("grant_type"));
        return isKnown && isForStorage
                ? Answer.of(
                        200,
                        JSON.writeValueAsString(
                                Map.of("token_type", "Bearer", "expires_in", 3_599, "access_token", token())))
                : tokenError(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
    }

    /** Numbers are texts there. */
    private Answer machineToken(Seen asked) {
        boolean isAskedRightly = "true".equals(asked.headers().get("Metadata"))
                && "https://storage.azure.com/".equals(asked.query().get("resource"))
                && asked.query().containsKey("api-version");
        return isAskedRightly && !asked.query().containsKey("client_id")
                ? Answer.of(
                        200,
                        JSON.writeValueAsString(
                                Map.of("token_type", "Bearer", "expires_in", "3599", "access_token", token())))
                : tokenError(400, "invalid_request", "Identity not found");
    }

    private String token() {
        String token = Confidential.secret("eyJ0.fake-" + granted.incrementAndGet() + "." + System.nanoTime());
        tokens.add(token);
        return token;
    }

    /** Whoever may not. */
    private Answer refusal(Seen asked) {
        if (!asked.headers().containsKey("x-ms-version")) {
            return error(400, "MissingRequiredHeader", "x-ms-version");
        }
        String authorization = asked.headers().getOrDefault("Authorization", "");
        if (authorization.startsWith("SharedKey ")) {
            return isInTime(asked) ? signed(asked, authorization) : skewed();
        }
        if (authorization.startsWith("Bearer ")) {
            return tokens.contains(authorization.substring(7))
                    ? null
                    : error(
                            401,
                            "InvalidAuthenticationInfo",
                            "Lifetime validation failed.",
                            "WWW-Authenticate",
                            "Bearer authorization_uri=https://login.example.com/t resource_id=https://storage.azure.com");
        }
        return asked.query().containsKey("sig")
                ? sas(asked)
                : error(401, "NoAuthenticationInformation", "Server failed to authenticate the request.");
    }

    private static Answer skewed() {
        return error(403, "AuthenticationFailed", "Request date header too old: 'Fri, 27 Nov 2026 00:00:00 GMT'");
    }

    private static boolean isInTime(Seen asked) {
        try {
            Instant signed = ZonedDateTime.parse(
                            asked.headers().getOrDefault("x-ms-date", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(signed, Instant.now()).abs().compareTo(Duration.ofMinutes(15)) < 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private Answer signed(Seen asked, String authorization) {
        return authorization.equals(signature(server.endpoint() + asked.uri(), asked.headers()))
                ? null
                : error(403, "AuthenticationFailed", "The MAC signature found in the HTTP request is not the same");
    }

    /** As Azure's own library has it. */
    static String signature(String url, Map<String, String> headers) {
        Map<String, String> lower = new TreeMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        // It takes one that is missing for the word null.
        lower.put("content-length", "0");
        try {
            return new StorageSharedKeyCredential(ACCOUNT, KEY)
                    .generateAuthorizationHeader(URI.create(url).toURL(), "GET", lower);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer sas(Seen asked) {
        Map<String, String> query = asked.query();
        String wanted = asked.segment(2).isEmpty() ? "l" : "tags".equals(query.get("comp")) ? "t" : "r";
        if (!SIGNATURE.replace("%3D", "=").equals(query.get("sig"))
                || asked.segment(1).isEmpty()) {
            return error(403, "AuthenticationFailed", "Signature did not match. String to sign used was rl");
        }
        if (Instant.parse(query.get("se")).isBefore(Instant.now())) {
            return error(403, "AuthenticationFailed", "Signature not valid in the specified time frame");
        }
        return query.get("sp").contains(wanted)
                ? null
                : error(403, "AuthorizationPermissionMismatch", "This request is not authorized");
    }

    private Answer list(Map<String, String> query) {
        if (!"list".equals(query.get("comp")) || !"container".equals(query.get("restype"))) {
            return error(400, "InvalidQueryParameterValue", "comp, restype");
        }
        String marker = query.getOrDefault("marker", "");
        int empty = isSparse
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

    static String nextMarker(String key) {
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

    private static Answer get(Seen asked, Stored stored) {
        String etag = "\"" + stored.etag() + "\"";
        if (!etag.equals(asked.headers().getOrDefault("If-Match", etag))) {
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
        Matcher range = RANGE.matcher(asked.headers().getOrDefault("Range", ""));
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
