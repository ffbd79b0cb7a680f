package dev.waybill.platform.storage.s3;

import dev.waybill.platform.storage.Lifetimes;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PartTerms;
import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.storage.UrlSigner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Presigns URLs by AWS Signature Version 4 in the query string
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). Issuing URLs is the service's hottest
 * path, and the SDK's presigner costs more than ten times as much; a property test holds both to the same bytes.
 */
final class SigV4UrlSigner implements UrlSigner {

    /** Clients keep URLs in fields of 2083 characters, and some servers and browsers take 2048. */
    private static final int MAX_GET = 2048;

    private static final String DISPOSITION = "response-content-disposition=";
    private static final long SECONDS_A_DAY = 86_400;
    private static final HexFormat HEX = HexFormat.of();
    private static final MessageDigest SHA256 = DigestUtils.getSha256Digest();

    private final BucketAddress address;
    private final String region;
    private final String accessKeyId;
    private final String secretAccessKey;
    private final InstantSource clock;
    private volatile SigningKey today;

    SigV4UrlSigner(
            BucketAddress address, String region, String accessKeyId, String secretAccessKey, InstantSource clock) {
        this.address = address;
        this.region = region;
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.clock = clock;
        this.today = day(Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_A_DAY));
    }

    @Override
    public PresignedUrl put(PutTerms terms) {
        Headers headers = new Headers();
        Map<String, String> required = new LinkedHashMap<>();
        Long length = terms.contentLength();
        if (length != null) {
            headers.add("content-length", length.toString());
        }
        headers.add("content-type", squeeze(terms.contentType()));
        required.put("Content-Type", terms.contentType());
        if (length != null) {
            required.put("Content-Length", length.toString());
        }
        headers.add("host", address.host());
        if (terms.onlyOnce()) {
            headers.add("if-none-match", "*");
            required.put("If-None-Match", "*");
        }
        String hash = terms.sha256();
        if (hash != null) {
            String checksum = Base64.getEncoder().encodeToString(HEX.parseHex(hash));
            headers.add("x-amz-checksum-sha256", checksum);
            required.put("x-amz-checksum-sha256", checksum);
        }
        return sign("PUT", terms.key(), "", headers, required, terms.lifetime());
    }

    @Override
    public PresignedUrl part(PartTerms terms) {
        Headers headers = new Headers();
        Map<String, String> required = new LinkedHashMap<>();
        Long length = terms.contentLength();
        if (length != null) {
            headers.add("content-length", length.toString());
            required.put("Content-Length", length.toString());
        }
        headers.add("host", address.host());
        String query = "partNumber=" + terms.number() + "&uploadId=" + UriEncoding.encode(terms.multipartId());
        return sign("PUT", terms.key(), query, headers, required, terms.lifetime());
    }

    @Override
    public PresignedUrl get(ObjectKey key, Duration lifetime, @Nullable String downloadName) {
        Lifetimes.check(lifetime);
        if (downloadName == null) {
            return signGet(key, lifetime, "");
        }
        String disposition = DownloadName.inQuery(downloadName, Integer.MAX_VALUE);
        PresignedUrl whole = signGet(key, lifetime, DISPOSITION + disposition);
        int over = whole.url().length() - MAX_GET;
        return over <= 0
                ? whole
                : signGet(key, lifetime, DISPOSITION + DownloadName.inQuery(downloadName, disposition.length() - over));
    }

    private PresignedUrl signGet(ObjectKey key, Duration lifetime, String query) {
        Headers headers = new Headers();
        headers.add("host", address.host());
        return sign("GET", key, query, headers, Map.of(), lifetime);
    }

    /**
     * @param query encoded, by name; all names sort behind {@code X-Amz-...}, as those in lower case do
     */
    private PresignedUrl sign(
            String method,
            ObjectKey key,
            String query,
            Headers headers,
            Map<String, String> required,
            Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        SigningKey day = dayOf(now);
        String path = address.path(key);
        String time = time(day, Math.floorMod(now, SECONDS_A_DAY));
        long seconds = lifetime.toSeconds();
        String names = headers.names.toString();
        String namesInQuery = names.replace(";", "%3B");

        String canonical = method + '\n' + path + "\nX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential="
                + day.credential() + "&X-Amz-Date=" + time + "&X-Amz-Expires=" + seconds + "&X-Amz-SignedHeaders="
                + namesInQuery + (query.isEmpty() ? "" : "&") + query + '\n' + headers.lines + '\n' + names
                + "\nUNSIGNED-PAYLOAD";
        String signature =
                HEX.formatHex(day.sign("AWS4-HMAC-SHA256\n" + time + '\n' + day.scope() + '\n' + hash(canonical)));
        // In the order of the SDK's presigner; storage sorts them by itself.
        String url = address.origin() + path + '?' + query + (query.isEmpty() ? "" : "&")
                + "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=" + time + "&X-Amz-SignedHeaders=" + namesInQuery
                + "&X-Amz-Credential=" + day.credential() + "&X-Amz-Expires=" + seconds + "&X-Amz-Signature="
                + signature;
        return new PresignedUrl(url, required, Instant.ofEpochSecond(now + seconds));
    }

    private SigningKey dayOf(long epochSecond) {
        long epochDay = Math.floorDiv(epochSecond, SECONDS_A_DAY);
        SigningKey day = today;
        if (day.epochDay() != epochDay) {
            day = day(epochDay);
            today = day;
        }
        return day;
    }

    private SigningKey day(long epochDay) {
        return SigningKey.of(epochDay, region, accessKeyId, secretAccessKey);
    }

    private static String time(SigningKey day, long secondOfDay) {
        int second = (int) secondOfDay;
        StringBuilder out = new StringBuilder(16).append(day.date()).append('T');
        twoDigits(out, second / 3600);
        twoDigits(out, second / 60 % 60);
        twoDigits(out, second % 60);
        return out.append('Z').toString();
    }

    private static void twoDigits(StringBuilder out, int value) {
        out.append((char) ('0' + value / 10)).append((char) ('0' + value % 10));
    }

    /** Runs of spaces count as one in a canonical header. */
    private static String squeeze(String value) {
        String stripped = value.strip();
        return stripped.contains("  ") ? stripped.replaceAll(" +", " ") : stripped;
    }

    private static String hash(String text) {
        try {
            MessageDigest copy = (MessageDigest) SHA256.clone();
            return HEX.formatHex(copy.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    @Override
    public String toString() {
        return "SigV4UrlSigner{" + address.origin() + address.root() + "}";
    }

    /** The headers that are signed; they must be added in the order of their lower-case names. */
    private static final class Headers {

        private final StringBuilder lines = new StringBuilder(192);
        private final StringBuilder names = new StringBuilder(80);

        void add(String name, String value) {
            lines.append(name).append(':').append(value).append('\n');
            if (!names.isEmpty()) {
                names.append(';');
            }
            names.append(name);
        }
    }
}
