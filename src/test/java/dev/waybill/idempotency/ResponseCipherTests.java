package dev.waybill.idempotency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseCipherTests {

    private static final byte[] ADA = "ada's own".getBytes(UTF_8);
    private static final byte[] BOB = "bob's own".getBytes(UTF_8);
    private static final byte[] ANSWER = "{\"key\": \"sk_secret_secret\"}".getBytes(UTF_8);

    @Test
    void whatWasSealedIsOpenedByTheSameCallerWithTheSameKey() {
        byte[] closed = seal(ADA, "order-1").close(ANSWER);

        assertThat(new String(closed, ISO_8859_1)).doesNotContain("sk_").doesNotContain("key");
        assertThat(seal(ADA, "order-1").open(closed)).isEqualTo(ANSWER);
        assertThat(seal(ADA, "order-1").close(ANSWER)).isNotEqualTo(closed);
    }

    @Test
    void nobodyElseOpensItAndNobodyChangesIt() {
        byte[] closed = seal(ADA, "order-1").close(ANSWER);
        byte[] changed = closed.clone();
        changed[20] ^= 1;

        assertThatThrownBy(() -> seal(BOB, "order-1").open(closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(ADA, "order-2").open(closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal(ADA, "order-1").open(changed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void namesAndFingerprintsDependOnCallerAndKeyAndTellNothing() {
        List<byte[]> request = List.of("POST".getBytes(UTF_8), "/v1/buckets".getBytes(UTF_8));

        assertThat(List.of(
                        seal(ADA, "order-1").name(),
                        seal(ADA, "order-2").name(),
                        seal(BOB, "order-1").name(),
                        seal(ADA, "order-1").fingerprint(request),
                        seal(BOB, "order-1").fingerprint(request)))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[0-9a-f]{64}"));
        assertThat(seal(ADA, "order-1").fingerprint(request))
                .isEqualTo(seal(ADA, "order-1").fingerprint(request));
    }

    @Test
    void partsThatAreCutElsewhereAreAnotherRequest() {
        ResponseCipher responseCipher = seal(ADA, "order-1");

        assertThat(responseCipher.fingerprint(List.of("ab".getBytes(UTF_8), "c".getBytes(UTF_8))))
                .isNotEqualTo(responseCipher.fingerprint(List.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8))))
                .isNotEqualTo(responseCipher.fingerprint(List.of("abc".getBytes(UTF_8))));
    }

    private static ResponseCipher seal(byte[] callersOwn, String key) {
        return ResponseCipher.of(callersOwn, new IdempotencyKey(key));
    }
}
