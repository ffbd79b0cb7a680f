package dev.waybill.platform.secrets;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Encrypts secrets with AES-256 in GCM. A sealed one is {@code v1:<key id>:<base64 of nonce and ciphertext>}; the key's
 * id is a piece of its hash, so that a former key is found again. What it belongs to is authenticated with it: a value
 * that was copied elsewhere in the database does not open.
 */
@Component
class AesGcmSecrets implements Secrets {

    private static final Logger log = LoggerFactory.getLogger(AesGcmSecrets.class);
    private static final String VERSION = "v1";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 4;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();
    private final @Nullable String current;

    AesGcmSecrets(SecretsProperties properties) {
        current = properties.encryptionKey().isEmpty() ? null : add(properties.encryptionKey());
        if (!properties.previousEncryptionKey().isEmpty()) {
            add(properties.previousEncryptionKey());
        }
        if (current == null) {
            log.warn(
                    "WAYBILL_ENCRYPTION_KEY is not set: webhooks and connections cannot be created, because their secrets"
                            + " could not be kept");
        }
    }

    @Override
    public String seal(String secret, String context) {
        if (current == null) {
            throw noKey("No encryption key is configured, so secrets cannot be kept. The operator must set"
                    + " WAYBILL_ENCRYPTION_KEY to 32 random bytes in base64.");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] hidden = apply(Cipher.ENCRYPT_MODE, current, nonce, context, secret.getBytes(StandardCharsets.UTF_8));
        byte[] all = ByteBuffer.allocate(nonce.length + hidden.length)
                .put(nonce)
                .put(hidden)
                .array();
        return "%s:%s:%s".formatted(VERSION, current, Base64.getEncoder().encodeToString(all));
    }

    @Override
    public String open(String sealed, String context) {
        String[] parts = sealed.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(VERSION)) {
            throw new IllegalStateException("a stored secret is not in a form that is known");
        }
        if (!keys.containsKey(parts[1])) {
            throw noKey("A secret was kept with an encryption key that is not configured any more. The operator must"
                    + " set it as WAYBILL_PREVIOUS_ENCRYPTION_KEY, or the secret must be made anew.");
        }
        byte[] all = Base64.getDecoder().decode(parts[2]);
        byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
        byte[] hidden = java.util.Arrays.copyOfRange(all, NONCE_BYTES, all.length);
        return new String(apply(Cipher.DECRYPT_MODE, parts[1], nonce, context, hidden), StandardCharsets.UTF_8);
    }

    private byte[] apply(int mode, String keyId, byte[] nonce, String context, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, keys.get(keyId), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret cannot be read: it was changed, or belongs elsewhere", e);
        }
    }

    private String add(String base64) {
        byte[] key = Base64.getDecoder().decode(base64);
        String id = idOf(key);
        keys.put(id, new SecretKeySpec(key, "AES"));
        return id;
    }

    private static String idOf(byte[] key) {
        MessageDigest sha = DigestUtils.getSha256Digest();
        sha.update("waybill key id".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(sha.digest(key), 0, ID_BYTES);
    }

    private static WaybillException noKey(String message) {
        return new WaybillException(ErrorCode.NOT_CONFIGURED, message, Map.of("setting", "WAYBILL_ENCRYPTION_KEY"));
    }
}
