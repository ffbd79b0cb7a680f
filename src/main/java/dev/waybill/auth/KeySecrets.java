package dev.waybill.auth;

import dev.waybill.platform.ids.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes secrets and digests them. A secret is a prefix and 43 characters of base62, 256 random bits, so one round of
 * SHA-256 is enough: there is nothing to guess, and looking a key up by its digest tells nothing by its timing.
 */
public final class KeySecrets {

    static final String PREFIX = "sk_";
    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_CHARS = 43;
    private static final int SHOWN_CHARS = 12;
    private static final String MAC = "HmacSHA256";

    private KeySecrets() {}

    static Secret next(IdGenerator ids) {
        return next(PREFIX, ids);
    }

    /** A new secret: the prefix, which tells what the key opens, and 43 random letters and digits. */
    public static Secret next(String prefix, IdGenerator ids) {
        StringBuilder secret = new StringBuilder(prefix);
        while (secret.length() < prefix.length() + RANDOM_CHARS) {
            for (byte random : ids.nextSecret(RANDOM_CHARS)) {
                int digit = random & 0x3f;
                // Two of 64 values are no digit; leaving them out keeps all digits equally likely.
                if (digit < BASE62.length && secret.length() < prefix.length() + RANDOM_CHARS) {
                    secret.append(BASE62[digit]);
                }
            }
        }
        return new Secret(secret.toString());
    }

    /** What is stored of a secret: its SHA-256 in lower-case hexadecimal. */
    public static String hash(Secret secret) {
        return sha256(secret.value());
    }

    /** The beginning of a made secret, by which a person tells keys apart; it leaves more than 200 bits unsaid. */
    public static String shownPrefix(Secret secret) {
        return secret.value().substring(0, SHOWN_CHARS);
    }

    /**
     * What answers show as the key's hash. Not the stored hash: what lies in the database never leaves it, so an answer
     * that leaks cannot be compared with one that was stolen. It changes when the key is rotated.
     */
    static String fingerprint(String keyId, String hash) {
        return sha256(keyId + ":" + hash);
    }

    /** 32 bytes that nobody can make who lacks the secret, also not from its hash. */
    static byte[] derive(Secret secret, String purpose) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), MAC));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC, impossible);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
