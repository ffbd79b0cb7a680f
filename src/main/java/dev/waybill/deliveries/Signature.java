package dev.waybill.deliveries;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/** Signatures as Standard Webhooks describes them: HMAC-SHA256 over the id, the seconds and the body. */
final class Signature {

    private Signature() {}

    /**
     * The three headers of a signed request.
     *
     * @param keys one signature is made with each, so that whoever knows one of them can verify it
     */
    static Map<String, String> headers(String id, Instant at, byte[] body, List<byte[]> keys) {
        String seconds = String.valueOf(at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", seconds);
        headers.put(
                "webhook-signature",
                keys.stream().map(key -> sign(id, seconds, body, key)).collect(Collectors.joining(" ")));
        return headers;
    }

    private static String sign(String id, String seconds, byte[] body, byte[] key) {
        Mac mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, key);
        mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }
}
