package dev.waybill.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseCipherTests {

    private static final byte[] ADA = "ada-secret".getBytes(UTF_8);
    private static final byte[] BOB = "bob-secret".getBytes(UTF_8);
    private static final byte[] RESPONSE = "{\"key\": \"sk_secret_secret\"}".getBytes(UTF_8);

    @Test
    void theSameCallerDecryptsWithTheSameKey() {
        byte[] encrypted = cipher(ADA, "order-1").encrypt(RESPONSE);

        assertThat(new String(encrypted, ISO_8859_1)).doesNotContain("sk_").doesNotContain("key");
        assertThat(cipher(ADA, "order-1").decrypt(encrypted)).isEqualTo(RESPONSE);
        assertThat(cipher(ADA, "order-1").encrypt(RESPONSE)).isNotEqualTo(encrypted);
    }

    @Test
    void otherCallersOtherKeysAndChangedBytesAreRefused() {
        byte[] encrypted = cipher(ADA, "order-1").encrypt(RESPONSE);
        byte[] changed = encrypted.clone();
        changed[20] ^= 1;

        assertThatThrownBy(() -> cipher(BOB, "order-1").decrypt(encrypted)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher(ADA, "order-2").decrypt(encrypted)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher(ADA, "order-1").decrypt(changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesAndFingerprintsDependOnCallerAndKey() {
        List<byte[]> request = List.of("POST".getBytes(UTF_8), "/v1/buckets".getBytes(UTF_8));

        assertThat(List.of(
                        cipher(ADA, "order-1").name(),
                        cipher(ADA, "order-2").name(),
                        cipher(BOB, "order-1").name(),
                        cipher(ADA, "order-1").fingerprint(request),
                        cipher(BOB, "order-1").fingerprint(request)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[0-9a-f]{64}"));
        assertThat(cipher(ADA, "order-1").fingerprint(request))
                .isEqualTo(cipher(ADA, "order-1").fingerprint(request));
    }

    @Test
    void partsWithOtherBoundariesAreAnotherRequest() {
        ResponseCipher responseCipher = cipher(ADA, "order-1");

        assertThat(responseCipher.fingerprint(List.of("ab".getBytes(UTF_8), "c".getBytes(UTF_8))))
                .isNotEqualTo(responseCipher.fingerprint(List.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8))))
                .isNotEqualTo(responseCipher.fingerprint(List.of("abc".getBytes(UTF_8))));
    }

    private static ResponseCipher cipher(byte[] callerKey, String key) {
        return ResponseCipher.of(callerKey, new IdempotencyKey(key));
    }
}
