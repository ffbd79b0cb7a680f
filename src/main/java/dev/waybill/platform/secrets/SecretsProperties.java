package dev.waybill.platform.secrets;

import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The keys that secrets are encrypted with, each 32 bytes in base64, under {@code waybill.secrets}.
 *
 * @param encryptionKey the one that seals; empty when there is none, and then nothing that has a secret can be made
 * @param previousEncryptionKey the one before it, which still opens; empty when there is none
 */
@ConfigurationProperties("waybill.secrets")
record SecretsProperties(
        @DefaultValue("") String encryptionKey,
        @DefaultValue("") String previousEncryptionKey) {

    static final int KEY_BYTES = 32;

    SecretsProperties {
        encryptionKey = encryptionKey.strip();
        previousEncryptionKey = previousEncryptionKey.strip();
        requireKey("encryption-key", encryptionKey);
        requireKey("previous-encryption-key", previousEncryptionKey);
    }

    private static void requireKey(String name, String key) {
        if (!key.isEmpty() && !isKey(key)) {
            throw new IllegalArgumentException(
                    "waybill.secrets.%s must be 32 bytes in base64, such as what `openssl rand -base64 32` makes"
                            .formatted(name));
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** Keys are not for logs. */
    @Override
    public String toString() {
        return "SecretsProperties[encryptionKey=%s, previousEncryptionKey=%s]"
                .formatted(encryptionKey.isEmpty() ? "none" : "***", previousEncryptionKey.isEmpty() ? "none" : "***");
    }
}
