package dev.waybill.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AesGcmSecretsTests {

    private static final String ONE = key(1);
    private static final String TWO = key(2);

    @Test
    void whatIsSealedOpensWhereItBelongsAndNowhereElse() {
        Secrets secrets = secrets(ONE, "");

        String sealed = secrets.seal("hunter2", "webhook a");

        assertThat(sealed).startsWith("v1:").doesNotContain("hunter2");
        assertThat(secrets.seal("hunter2", "webhook a")).isNotEqualTo(sealed);
        assertThat(secrets.open(sealed, "webhook a")).isEqualTo("hunter2");
        assertThatThrownBy(() -> secrets.open(sealed, "webhook b")).isInstanceOf(IllegalStateException.class);
        String other = sealed.substring(0, sealed.length() - 3) + (sealed.endsWith("A==") ? "B==" : "A==");
        assertThatThrownBy(() -> secrets.open(other, "webhook a")).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aFormerKeyStillOpens() {
        String old = secrets(ONE, "").seal("hunter2", "x");

        Secrets rotated = secrets(TWO, ONE);

        assertThat(rotated.open(old, "x")).isEqualTo("hunter2");
        assertThat(rotated.open(rotated.seal("hunter2", "x"), "x")).isEqualTo("hunter2");
        assertThatThrownBy(() -> secrets(TWO, "").open(old, "x"))
                .isInstanceOf(WaybillException.class)
                .hasMessageContaining("WAYBILL_PREVIOUS_ENCRYPTION_KEY");
    }

    @Test
    void withoutAKeyNothingIsSealed() {
        assertThatThrownBy(() -> secrets("", "").seal("hunter2", "x"))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining("WAYBILL_ENCRYPTION_KEY");
    }

    @Test
    void keysAreCheckedAndNeverShown() {
        assertThatThrownBy(() -> new SecretsProperties("c2hvcnQ=", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ=");
        assertThat(new SecretsProperties(ONE, TWO).toString())
                .doesNotContain(ONE)
                .doesNotContain(TWO);
    }

    private static Secrets secrets(String current, String previous) {
        return new AesGcmSecrets(new SecretsProperties(current, previous));
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
