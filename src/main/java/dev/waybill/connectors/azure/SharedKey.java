package dev.waybill.connectors.azure;

import dev.waybill.connectors.rest.RestAnswer;
import dev.waybill.connectors.rest.RestCall;
import dev.waybill.connectors.rest.RestClient;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An account key, which signs each request and permits everything. Signatures use the server's time, once that is
 * known.
 */
final class SharedKey implements AzureKey {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /** The standard headers in the string to sign, between the method and the {@code x-ms-} headers, each on a line. */
    private static final List<String> SIGNED = List.of(
            "content-encoding",
            "content-language",
            "content-length",
            "content-md5",
            "content-type",
            "date",
            "if-modified-since",
            "if-match",
            "if-none-match",
            "if-unmodified-since",
            "range");

    /** Azure allows a clock skew of a quarter of an hour. */
    private static final Duration TOLERABLE = Duration.ofMinutes(5);

    private final String account;
    private final byte[] key;
    private final RestClient client;

    /** @param key decoded */
    SharedKey(String account, byte[] key, RestClient client) {
        this.account = account;
        this.key = key;
        this.client = client;
    }

    @Override
    public RestCall sign(RestCall request) {
        RestCall dated = request.with("x-ms-date", HTTP_DATE.format(client.serverTime()));
        return dated.with("Authorization", "SharedKey %s:%s".formatted(account, signature(dated)));
    }

    /** The response contained the server's time. */
    @Override
    public boolean renew(RestCall sent, RestAnswer refusal) {
        Duration offset = client.clockOffset();
        return refusal.status() == 403 && offset != null && offset.abs().compareTo(TOLERABLE) > 0;
    }

    private String signature(RestCall request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] signature = mac.doFinal(text(request).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC is part of every JDK", e);
        }
    }

    /** https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key, for requests without a body. */
    private String text(RestCall request) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String plain = SIGNED.stream()
                .map(name -> headers.getOrDefault(name, "") + "\n")
                .collect(Collectors.joining());
        String own = headers.entrySet().stream()
                .filter(header -> header.getKey().startsWith("x-ms-"))
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return "GET\n" + plain + own + resource(request.uri());
    }

    private String resource(URI uri) {
        Map<String, String> query = new TreeMap<>();
        String raw = uri.getRawQuery();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    decode(equals < 0 ? pair : pair.substring(0, equals)).toLowerCase(Locale.ROOT),
                    equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return "/"
                + account
                + path
                + query.entrySet().stream()
                        .map(field -> "\n" + field.getKey() + ":" + field.getValue())
                        .collect(Collectors.joining());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SharedKey[%s]".formatted(account);
    }
}
