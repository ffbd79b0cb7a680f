package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StorageProbe;
import dev.waybill.platform.storage.StorageProfile.Answer;
import dev.waybill.platform.storage.StorageProfile.Finding;
import dev.waybill.platform.storage.StorageProfile.Rule;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.storage.UrlSigner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the {@link StorageProbe}, under keys of its own; closing it removes what it wrote. */
final class StorageProbeRun implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StorageProbeRun.class);
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final String TYPE = "text/plain";
    private static final byte[] BYTES = bytes("waybill asks");
    private static final byte[] OTHERS = bytes("WAYBILL ASKS");
    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final ETag OF_NOTHING = new ETag("d41d8cd98f00b204e9800998ecf8427e", ETag.Kind.OPAQUE);
    private static final int MAX_KEYS = 100;

    private final ObjectStorage objects;
    private final BucketAddress address;
    private final UrlSigner signer;
    private final String bucket;
    private final Duration patience;
    private final String folder;
    private final HttpClient http;

    /** @param folder a prefix that nobody else uses; ends in a slash */
    private StorageProbeRun(ObjectStorage objects, StorageProperties properties, InstantSource clock, String folder) {
        this.objects = objects;
        // Clients' host may not be reachable from here.
        this.address = BucketAddress.of(
                properties.endpoint(), properties.region(), properties.bucket(), properties.usesPathStyle());
        this.signer = StorageConfiguration.signer(address, properties, clock);
        this.bucket = properties.bucket();
        this.patience = properties.attemptTimeout();
        this.folder = folder;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .build();
    }

    /** Probes every rule, below a folder of its own. */
    static Map<Rule, Finding> probeAll(ObjectStorage objects, StorageProperties properties, InstantSource clock) {
        String folder = "staging/.probe/" + UUID.randomUUID() + "/";
        try (StorageProbeRun run = new StorageProbeRun(objects, properties, clock, folder)) {
            return run.probeAll();
        }
    }

    /** A finding for every rule. Without a correct PUT that is accepted, refusals prove nothing. */
    private Map<Rule, Finding> probeAll() {
        Map<Rule, Finding> findings = new EnumMap<>(Rule.class);
        @Nullable String trouble = prepare();
        if (trouble != null) {
            for (Rule rule : Rule.values()) {
                findings.put(rule, new Finding(Answer.UNKNOWN, trouble));
            }
            return findings;
        }
        probe(findings, Rule.SIGNED_COPY_SOURCE, this::signedCopySource);
        probe(findings, Rule.SIGNED_ACL, this::signedAcl);
        probe(findings, Rule.CONTENT_TYPE, this::contentType);
        probe(findings, Rule.CONTENT_LENGTH, this::contentLength);
        probe(findings, Rule.SHA256, this::sha256);
        probe(findings, Rule.WRITE_ONCE, this::writeOnce);
        probe(findings, Rule.COPY_IF_MATCH, this::copyIfMatch);
        probe(findings, Rule.VERSIONING, this::versioning);
        probe(findings, Rule.CORS, this::cors);
        return findings;
    }

    private static void probe(Map<Rule, Finding> findings, Rule rule, Question question) {
        Finding finding;
        try {
            finding = question.answer();
        } catch (IOException | StorageException e) {
            log.debug("{} could not be probed", rule, e);
            finding = new Finding(Answer.UNKNOWN, "Storage gave no answer that tells.");
        }
        findings.put(rule, finding);
    }

    /** Puts an object as the service, and one as a client; returns what went wrong. */
    private @Nullable String prepare() {
        try {
            objects.put(key("source"), new ByteArrayInputStream(BYTES), BYTES.length, TYPE);
            int status = put(terms("right", null, null, false), BYTES);
            return isTaken(status) ? null : "A right PUT to a presigned URL was answered with " + status + ".";
        } catch (IOException | StorageException e) {
            log.debug("what storage enforces could not be probed", e);
            return "Storage took no object to try things with.";
        }
    }

    private Finding signedCopySource() throws IOException {
        String source = "/" + UriEncoding.encode(bucket) + "/"
                + UriEncoding.encodePath(key("source").value());
        int status = put(terms("copied", null, null, false), new byte[0], "x-amz-copy-source", source);
        if (isTaken(status)) {
            boolean copied = objects.head(key("copied"))
                    .map(object -> object.size() == BYTES.length)
                    .orElse(false);
            return copied
                    ? new Finding(
                            Answer.NOT_ENFORCED,
                            "It copied an object for an x-amz-copy-source that was not signed: whoever has a URL to PUT"
                                    + " can read what the URL's signer may read.")
                    : new Finding(Answer.ENFORCED, "An x-amz-copy-source that was not signed was ignored.");
        }
        return refused(status, "An x-amz-copy-source that was not signed");
    }

    private Finding signedAcl() throws IOException {
        int status = put(terms("public", null, null, false), BYTES, "x-amz-acl", "public-read");
        if (!isTaken(status)) {
            return refused(status, "An x-amz-acl that was not signed");
        }
        if (!isTaken(get("public"))) {
            return new Finding(Answer.ENFORCED, "An x-amz-acl that was not signed was ignored.");
        }
        return new Finding(
                Answer.NOT_ENFORCED,
                isTaken(get("source"))
                        ? "Everybody can read the whole bucket, without any signature."
                        : "It made an object public for an x-amz-acl that was not signed.");
    }

    private Finding contentType() throws IOException {
        int status = put(terms("type", null, null, false), BYTES, "Content-Type", "text/html");
        return refusedOrTaken(status, "Another Content-Type than the signed one");
    }

    private Finding contentLength() throws IOException {
        int status = put(terms("length", BYTES.length + 1L, null, false), BYTES);
        return refusedOrTaken(status, "Another length than the signed one");
    }

    private Finding sha256() throws IOException {
        PutTerms nothing = terms("hash", null, SHA256_OF_NOTHING, false);
        int right = put(nothing, new byte[0]);
        if (!isTaken(right)) {
            return new Finding(Answer.UNKNOWN, "A PUT with a signed SHA-256 was answered with " + right + ".");
        }
        return refusedOrTaken(put(nothing, BYTES), "Other bytes than those of the signed SHA-256");
    }

    private Finding writeOnce() throws IOException {
        PutTerms once = terms("once", null, null, true);
        int first = put(once, BYTES);
        if (!isTaken(first)) {
            return new Finding(Answer.UNKNOWN, "A PUT with If-None-Match: * was answered with " + first + ".");
        }
        return refusedOrTaken(put(once, OTHERS), "A second PUT under If-None-Match: *");
    }

    private Finding copyIfMatch() {
        CopyTerms wrong = new CopyTerms(key("source"), OF_NOTHING, BYTES.length, key("unpinned"), TYPE, null, null);
        return objects.copy(wrong) instanceof CopyResult.Changed
                ? new Finding(Answer.ENFORCED, "A copy pinned to another ETag was refused.")
                : new Finding(Answer.NOT_ENFORCED, "A copy pinned to another ETag was made.");
    }

    private Finding versioning() {
        boolean isKept = objects.head(key("source"))
                .map(StoredObject::versionId)
                .filter(version -> !version.equals("null")) // what a bucket returns whose versioning is suspended
                .isPresent();
        return isKept
                ? new Finding(
                        Answer.ENFORCED,
                        "The bucket keeps versions: a lifecycle rule should remove noncurrent ones after a day.")
                : new Finding(Answer.NOT_ENFORCED, "The bucket keeps no versions.");
    }

    private Finding cors() throws IOException {
        HttpRequest preflight = request(address.origin() + address.path(key("right")))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://waybill.invalid")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type")
                .build();
        HttpResponse<Void> answer = send(preflight);
        boolean isAllowed = isTaken(answer.statusCode())
                && answer.headers().firstValue("Access-Control-Allow-Origin").isPresent();
        return isAllowed
                ? new Finding(Answer.ENFORCED, "Pages of any origin may upload.")
                : new Finding(
                        Answer.NOT_ENFORCED, "No CORS rule lets pages of any origin upload; one may allow yours only.");
    }

    private static Finding refusedOrTaken(int status, String what) {
        return isTaken(status) ? new Finding(Answer.NOT_ENFORCED, what + " was taken.") : refused(status, what);
    }

    /** A server's own trouble is no refusal; that it has no such operation (501) is one. */
    private static Finding refused(int status, String what) {
        boolean isRefusal = (status >= 400 && status < 500) || status == 501;
        return isRefusal
                ? new Finding(Answer.ENFORCED, what + " was refused.")
                : new Finding(Answer.UNKNOWN, what + " was answered with " + status + ".");
    }

    private static boolean isTaken(int status) {
        return status >= 200 && status < 300;
    }

    private PutTerms terms(String name, @Nullable Long length, @Nullable String sha256, boolean onlyOnce) {
        return new PutTerms(key(name), TYPE, LIFETIME, length, sha256, onlyOnce);
    }

    private ObjectKey key(String name) {
        return new ObjectKey(folder + name);
    }

    /** @param headers name, value, name, ...: beside the required ones, or instead of them */
    private int put(PutTerms terms, byte[] body, String... headers) throws IOException {
        PresignedUrl url = signer.put(terms);
        HttpRequest.Builder request = request(url.url()).PUT(BodyPublishers.ofByteArray(body));
        url.requiredHeaders().forEach((name, value) -> {
            if (!name.equals("Content-Length")) { // the client sets it by the body
                request.setHeader(name, value);
            }
        });
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build()).statusCode();
    }

    /** Without a signature. */
    private int get(String name) throws IOException {
        return send(request(address.origin() + address.path(key(name))).build()).statusCode();
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(patience);
    }

    private HttpResponse<Void> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        try {
            objects.deleteAll(objects.list(folder, null, MAX_KEYS).stream()
                    .map(StoredObject::key)
                    .toList());
        } catch (StorageException e) {
            log.debug("what the probe wrote stays until it is 8 days old", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One question; what fails leaves it open. */
    @FunctionalInterface
    private interface Question {

        Finding answer() throws IOException;
    }
}
