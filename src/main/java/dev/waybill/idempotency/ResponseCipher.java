package dev.waybill.idempotency;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

/**
 * Encrypts stored responses, and derives names and fingerprints of requests. A response may hold secrets, such as a new
 * API key, so it is encrypted (AES-GCM); the key is derived from the caller's own secret, of which the service stores
 * only a hash, and from the idempotency key, of which it stores nothing. Only the same caller who sends the same key
 * again can have it decrypted. Names and fingerprints are derived from the same secret, so stored data cannot be used
 * to test guesses of keys and bodies.
 */
final class ResponseCipher {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] root;

    private ResponseCipher(byte[] root) {
        this.root = root;
    }

    /** @param callerKey key material that is derived from the caller's secret */
    static ResponseCipher of(byte[] callerKey, IdempotencyKey key) {
        return new ResponseCipher(mac(callerKey, List.of(key.value().getBytes(StandardCharsets.US_ASCII))));
    }

    /** What the request is stored under. */
    String name() {
        return HexFormat.of().formatHex(mac(root, List.of(utf8("name"))));
    }

    /** Differs whenever one of the parts does. */
    String fingerprint(List<byte[]> parts) {
        List<byte[]> labelled = new java.util.ArrayList<>(List.of(utf8("request")));
        labelled.addAll(parts);
        return HexFormat.of().formatHex(mac(root, labelled));
    }

    /** What ids and secrets of the request are derived from: random, and of no use to a reader of the database. */
    byte[] seed(byte[] stored) {
        return mac(root, List.of(utf8("seed"), stored));
    }

    /** Compresses and encrypts. */
    byte[] encrypt(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, nonce, compressed(plain));
        return ByteBuffer.allocate(nonce.length + encrypted.length)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    /** What was encrypted with the same secret and the same key. */
    byte[] decrypt(byte[] encrypted) {
        byte[] nonce = Arrays.copyOf(encrypted, NONCE_BYTES);
        return decompressed(
                crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(encrypted, NONCE_BYTES, encrypted.length)));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            SecretKeySpec key = new SecretKeySpec(mac(root, List.of(utf8("answer"))), "AES");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(utf8(name()));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored response cannot be encrypted or decrypted", e);
        }
    }

    private static byte[] compressed(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] decompressed(byte[] compressed) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return zip.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Each part with its length before it, so that no two lists of parts are the same text. */
    private static byte[] mac(byte[] key, List<byte[]> parts) {
        Mac mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, key);
        for (byte[] part : parts) {
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
