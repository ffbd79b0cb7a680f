package dev.waybill.deliveries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignatureTests {

    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    /** A known pair of a message and its signature, as published with the specification's libraries. */
    @Test
    void theSignatureOfAKnownMessageIsTheKnownOne() {
        Map<String, String> headers = Signature.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                "{\"test\": 2432232314}".getBytes(UTF_8),
                List.of(Base64.getDecoder().decode(SECRET)));

        assertThat(headers)
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void thePublicLibraryVerifiesWithEitherSecretAndWithNoOther() throws Exception {
        String body = "{\"event_id\":\"evt_1\",\"metadata\":{\"name\":\"Zoë\"}}";
        Map<String, List<String>> headers = new LinkedHashMap<>();
        Signature.headers(
                        "evt_1",
                        Instant.now(),
                        body.getBytes(UTF_8),
                        List.of(
                                Base64.getDecoder().decode(SECRET),
                                Base64.getDecoder().decode(OTHER)))
                .forEach((name, value) -> headers.put(name, List.of(value)));

        for (String secret : List.of(SECRET, OTHER)) {
            assertThatCode(() -> new com.standardwebhooks.Webhook("whsec_" + secret).verify(body, headers))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook("whsec_" + SECRET).verify(body + " ", headers))
                .isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
        assertThatThrownBy(() -> new com.standardwebhooks.Webhook("whsec_" + "A".repeat(32)).verify(body, headers))
                .isInstanceOf(com.standardwebhooks.exceptions.WebhookVerificationException.class);
    }
}
