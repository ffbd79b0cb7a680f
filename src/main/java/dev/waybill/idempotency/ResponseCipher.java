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
 * What is kept of a request, and how. An answer may hold secrets, such as a new API key, so it is encrypted; the key is
 * derived from the caller's own secret, of which the service keeps only a hash, and from the idempotency key, of which it
 * keeps nothing. Only the same caller who sends the same key again can have it opened. Names and fingerprints are made
 * with the same secret, so what is stored gives no guess about keys and bodies a foothold.
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

    /** @param callersOwn bytes that only the caller's secret brings about */
    static ResponseCipher of(byte[] callersOwn, IdempotencyKey key) {
        return new ResponseCipher(mac(callersOwn, List.of(key.value().getBytes(StandardCharsets.US_ASCII))));
    }

    /** What the request is filed under. */
    String name() {
        return HexFormat.of().formatHex(mac(root, List.of(utf8("name"))));
    }

    /** Differs whenever one of the parts does. */
    String fingerprint(List<byte[]> parts) {
        List<byte[]> labelled = new java.util.ArrayList<>(List.of(utf8("request")));
        labelled.addAll(parts);
        return HexFormat.of().formatHex(mac(root, labelled));
    }

    /** What ids and secrets of the request are made from: random, and of no use to who reads the database. */
    byte[] seed(byte[] kept) {
        return mac(root, List.of(utf8("seed"), kept));
    }

    /** Packs and encrypts. */
    byte[] close(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] closed = crypt(Cipher.ENCRYPT_MODE, nonce, packed(plain));
        return ByteBuffer.allocate(nonce.length + closed.length)
                .put(nonce)
                .put(closed)
                .array();
    }

    /** What was sealed with the same secret and the same key. */
    byte[] open(byte[] closed) {
        byte[] nonce = Arrays.copyOf(closed, NONCE_BYTES);
        return unpacked(crypt(Cipher.DECRYPT_MODE, nonce, Arrays.copyOfRange(closed, NONCE_BYTES, closed.length)));
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            SecretKeySpec key = new SecretKeySpec(mac(root, List.of(utf8("answer"))), "AES");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(utf8(name()));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept answer cannot be closed or opened", e);
        }
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] packed) {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
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
